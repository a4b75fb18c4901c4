/**
 * Legal forms that a name may end with. They are left out of comparisons:
 * "Brightwater" and "Brightwater Ltd." are one company for a person who types.
 */
const LEGAL_FORMS = new Set(
  `ab ag aps as asa bv co corp corporation company doo ev eg gbr gesmbh gmbh inc incorporated kft kg kgaa limited llc llp
   ltd mbh nv ohg oy oyj plc pte pty sa sarl sas se sl sp spa spzoo srl sro ug`.split(/\s+/),
);

/**
 * What two spellings of a company's name have in common: letters and digits
 * without case, accents and legal form. Empty if nothing is left.
 */
export function companyKey(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    // "S.A.R.L." is one word.
    .replace(/\./g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const last = words.findLastIndex((word) => !LEGAL_FORMS.has(word));
  return (
    words
      .slice(0, Math.max(last, 0) + 1)
      .join('')
      // A German writes "Soehne" where "Söhne" cannot be typed.
      .replace(/([aou])e/g, '$1')
  );
}
