Text("Call 1-888-373-7888")
val intent = Intent(Intent.ACTION_DIAL, Uri.parse("tel:+18883737878"))
