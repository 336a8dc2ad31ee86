import { isUtf8 } from 'node:buffer';
import { windows1252 } from '../../text.ts';

type Decode = (bytes: Uint8Array) => string;

const utf8: Decode = (bytes) => Buffer.from(bytes).toString('utf8');

/** 0x80 to 0xFF of code page 850, which older ArcView wrote in France. */
const upper850 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0';

const cp850: Decode = (bytes) =>
  Array.from(bytes, (byte) =>
    byte < 0x80 ? String.fromCharCode(byte) : upper850[byte - 0x80],
  ).join('');

/**
 * How the text of a `.dbf` is written: what the `.cpg` says, else the language byte of the header,
 * else UTF-8 where all of the rows are, else windows-1252.
 */
export function codePageOf(cpg: string | null, language: number, rows: Uint8Array): Decode {
  const said = (cpg ?? '').toLowerCase().replace(/[^a-z0-9]/g, '');
  if (/utf8|65001/.test(said)) return utf8;
  if (/1252|88591|latin1|iso885915/.test(said)) return windows1252;
  if (/850|437/.test(said)) return cp850;
  if (language === 0x03 || language === 0x57) return windows1252;
  // 437 has the small French letters where 850 has them.
  if (language === 0x01 || language === 0x02) return cp850;
  return isUtf8(rows) ? utf8 : windows1252;
}
