"""The public directory in Open Referral HSDS 3.0: a door that only reads, and files in and out."""
