import { cssPxPerInch, dotsPerInch } from './paper.ts';

/**
 * The sheet as it is laid out, as a PNG at print resolution. The browser has no call for it: text is
 * drawn word by word where the layout put it, then pictures, drawings and boxes; what the layout hides
 * because it does not fit its box is left out here too.
 *
 * @throws Error when the browser gives no canvas or no picture
 */
export async function saveablePicture(sheet: HTMLElement): Promise<Blob> {
  const frame = sheet.getBoundingClientRect();
  // The preview is shrunk to the window.
  const shrunk = frame.width / sheet.offsetWidth;
  const perPx = dotsPerInch / cssPxPerInch;
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(sheet.offsetWidth * perPx);
  canvas.height = Math.round(sheet.offsetHeight * perPx);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('the browser gave no canvas');
  const scale = perPx / shrunk;
  context.setTransform(scale, 0, 0, scale, -frame.left * scale, -frame.top * scale);
  await drawElement(context, sheet, shrunk);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png');
  });
}

async function drawElement(
  context: CanvasRenderingContext2D,
  element: Element,
  shrunk: number,
): Promise<void> {
  const { left, top, width, height } = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  if (style.display === 'none') return;
  if (element instanceof HTMLImageElement) {
    return context.drawImage(element, left, top, width, height);
  }
  if (element instanceof SVGElement) {
    return context.drawImage(await drawing(element), left, top, width, height);
  }
  context.fillStyle = style.backgroundColor;
  context.fillRect(left, top, width, height);
  const border = Number.parseFloat(style.borderTopWidth) * shrunk;
  if (border > 0) {
    context.strokeStyle = style.borderTopColor;
    context.lineWidth = border;
    context.strokeRect(left + border / 2, top + border / 2, width - border, height - border);
  }
  const clipped = style.overflow !== 'visible';
  if (clipped) {
    context.save();
    context.beginPath();
    context.rect(left, top, width, height);
    context.clip();
  }
  for (const child of element.childNodes) {
    if (child instanceof Element) await drawElement(context, child, shrunk);
    else if (child instanceof Text) drawText(context, child, style, shrunk);
  }
  if (clipped) context.restore();
}

async function drawing(svg: SVGElement): Promise<HTMLImageElement> {
  const copy = svg.cloneNode(true) as SVGElement;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  return image;
}

function drawText(
  context: CanvasRenderingContext2D,
  text: Text,
  style: CSSStyleDeclaration,
  shrunk: number,
): void {
  const size = Number.parseFloat(style.fontSize) * shrunk;
  context.font = `${style.fontStyle} ${style.fontWeight} ${size}px ${style.fontFamily}`;
  context.fillStyle = style.color;
  for (const { 0: word, index } of text.data.matchAll(/\S+/g)) {
    drawPiece(context, text, index, index + word.length);
  }
}

/** A word, or its parts where a line ends within it, as at the hyphens of « Saint-Benoît ». */
function drawPiece(context: CanvasRenderingContext2D, text: Text, from: number, to: number): void {
  const range = document.createRange();
  range.setStart(text, from);
  range.setEnd(text, to);
  if (range.getClientRects().length > 1 && to - from > 1) {
    const middle = (from + to) >> 1;
    drawPiece(context, text, from, middle);
    drawPiece(context, text, middle, to);
    return;
  }
  const piece = text.data.slice(from, to);
  const { left, top, height } = range.getBoundingClientRect();
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = context.measureText(piece);
  context.fillText(piece, left, top + (height - up - down) / 2 + up);
}
