val smsNumber = "233734"
val hotline = mapOf("text_code" to "x", "sms" to "233737")
