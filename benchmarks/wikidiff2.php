<?php
// Write wikidiff2's inline diff of two files as JSON, with all unchanged lines.
echo wikidiff2_inline_json_diff(file_get_contents($argv[1]), file_get_contents($argv[2]), 100000000);
