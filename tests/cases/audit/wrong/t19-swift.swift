Link("1-888-373-7888", destination: URL(string: "tel:+18003737888")!)
