/**
 * An addr-spec of RFC 5322, section 3.4.1, without the quoted local parts that no directory gives out. It says that a
 * text looks like an address, not that anybody reads mail there.
 */
export const mailAddressPattern = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}]{1,190}$/u
