/**
 * « de Gien », « d’Orléans », « du Mans », « des Ulis », « de La Ferté-Saint-Aubin »: the articles Le
 * and Les run into the preposition, La and L’ do not. A mute h elides (« d’Huisseau »), as those of
 * communes mostly are.
 */
export function ofPlace(name: string): string {
  if (/^les /i.test(name)) return `des ${name.slice(4)}`;
  if (/^le /i.test(name)) return `du ${name.slice(3)}`;
  const [first = ''] = name.normalize('NFD');
  // « de Yerres », « d’Ys »: a y before a vowel is a consonant.
  const elides = /[aeiouhœæ]/i.test(first) || /^y(?![aeiouéèê])/i.test(name);
  return elides ? `d’${name}` : `de ${name}`;
}
