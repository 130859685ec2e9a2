"""SRU 1.1 and 1.2 (https://www.loc.gov/standards/sru/): searches of other systems, asked in CQL, answered in XML."""
