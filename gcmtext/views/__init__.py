"""What pages, reports and programs are shown of the values of the text core, before any markup."""
