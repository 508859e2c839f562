// For anyone who needs support.
let call = "If you are a victim, get help: 1-888-373-7888"
