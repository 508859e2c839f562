CONTACTS = {
    "National Domestic Violence Hotline": "1-800-799-7233",
}
