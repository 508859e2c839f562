<?php
echo "U.S. Department of Justice Hotline 1-888-428-7581";
echo "http://www.cybertipline.com";
echo "Tips: 866-347-2423";
