/** A sentence of the server with its spaces before `: ; ? ! »` made such that a line can't end there. */
export function unbroken(sentence: string): string {
  return sentence.replace(/ ([:;?!»])/g, '\u00a0$1').replace(/« /g, '«\u00a0');
}
