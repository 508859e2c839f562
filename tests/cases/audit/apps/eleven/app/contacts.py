CONTACTS = {
    "National Domestic Violence Hotline": "1-800-656-4673",
}
