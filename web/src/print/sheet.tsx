import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ApiFailure } from '../api/client.ts';
import { formatCount, formatDay } from '../french/numbers.ts';
import { mainMap } from '../map/main-map.ts';
import type { Scene } from '../map/scene.ts';
import type { LegendEntry } from '../shell/legend.tsx';
import { FailureNotice } from '../shell/notice.tsx';
import type { Region } from '../state/region.ts';
import { asFailure } from '../state/resource.ts';
import { colourGroups, type PrintContent } from './content.ts';
import { type Orientation, printedZoom } from './paper.ts';
import { type MapPicture, renderMap } from './render-map.ts';
import { scaleBar } from './scale-bar.ts';
import { Bar, NorthArrow, Sign, Swatch } from './sign.tsx';

/** What was on screen when the sheet was asked for. */
export interface Printed extends PrintContent {
  maps: { caption: string | null; scene: Scene }[];
  legendTitle: string;
  signs: LegendEntry[];
}

interface Props {
  region: Region;
  content: Printed;
  title: string;
  orientation: Orientation;
  north: boolean;
  /** whether every map of the sheet is drawn */
  onReady(ready: boolean): void;
}

/** One A4 page: the title, the maps, what their signs mean, and where the figures come from. */
export function Sheet({ region, content, title, orientation, north, onReady }: Props) {
  const pictures = usePictures(region, content, orientation);
  const { pictures: drawn, failure } = pictures;
  useEffect(() => onReady(drawn !== null), [drawn]);
  const colours = useMemo(
    () => colourGroups(content.keys, inFrame(region, drawn?.[0]?.bounds ?? region.bbox)),
    [region, content, drawn],
  );
  const many = content.maps.length > 1 ? 'several' : 'single';
  return (
    <article class={`sheet ${orientation} ${many}`} aria-label="Feuille à imprimer">
      <h1>{title}</h1>
      <div class="sheet-maps" ref={pictures.ref}>
        {content.maps.map(({ caption }, at) => (
          <figure key={caption} class="sheet-map">
            {caption && <figcaption>{caption}</figcaption>}
            <div class="sheet-frame">
              {drawn?.[at] && <img src={drawn[at].url} alt={`Carte\u00a0: ${caption ?? title}`} />}
              {drawn?.[at] && <Scale picture={drawn[at]} />}
              {north && <NorthArrow />}
              {!drawn && !failure && <p class="sheet-wait">Dessin de la carte…</p>}
              {failure && at === 0 && <FailureNotice error={failure} retry={pictures.again} />}
            </div>
          </figure>
        ))}
      </div>
      <section class="sheet-legend" aria-label="Légende">
        <h2>{content.legendTitle}</h2>
        <ul>
          {content.signs.map(({ sign, label }) => (
            <li key={label}>
              <Sign sign={sign} />
              <span>{label}</span>
            </li>
          ))}
          {colours.map(({ fill, names, more }) => (
            <li key={fill}>
              <Swatch fill={fill} />
              <span>
                {names.join(', ')}
                {more > 0 && ` et ${formatCount(more)} autres`}
              </span>
            </li>
          ))}
        </ul>
        <p>{content.note}</p>
      </section>
      <footer>
        <p>{content.sources.join(' ')}</p>
        <p>Carte éditée le {formatDay(new Date())} avec Maillage.</p>
      </footer>
    </article>
  );
}

function Scale({ picture }: { picture: MapPicture }) {
  const { metres, px, denominator } = scaleBar(picture.zoom, picture.center.lat, 150);
  const ground =
    metres < 1000 ? `${formatCount(metres)}\u00a0m` : `${formatCount(metres / 1000)}\u00a0km`;
  return (
    <p class="sheet-scale">
      <Bar px={px} />
      <span>
        {ground} · 1&nbsp;:&nbsp;{formatCount(denominator)} sur A4
      </span>
    </p>
  );
}

/** The maps of the sheet, drawn again when what they show or the room they have changes. */
function usePictures(region: Region, content: Printed, orientation: Orientation) {
  const ref = useRef<HTMLDivElement>(null);
  const [pictures, setPictures] = useState<MapPicture[] | null>(null);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    const urls: string[] = [];
    setPictures(null);
    setFailure(null);
    drawAll(region, content, ref.current!, controller.signal, urls).then(
      (drawn) => setPictures(drawn),
      (cause) => {
        if (!controller.signal.aborted) setFailure(asFailure(cause));
      },
    );
    return () => {
      controller.abort();
      for (const url of urls) URL.revokeObjectURL(url);
    };
  }, [region, content, orientation, attempt]);
  return { ref, pictures, failure, again: () => setAttempt(attempt + 1) };
}

/** One after the other: two maps beside the screen's are more than a weak machine has room for. */
async function drawAll(
  region: Region,
  { maps }: Printed,
  place: HTMLElement,
  signal: AbortSignal,
  urls: string[],
): Promise<MapPicture[]> {
  const screen = mainMap.peek();
  if (!screen) throw new Error('there is no map to print');
  const { clientWidth, clientHeight } = screen.getContainer();
  const frames = place.querySelectorAll<HTMLElement>('.sheet-frame');
  const drawn: MapPicture[] = [];
  for (const [at, { scene }] of maps.entries()) {
    const { clientWidth: width, clientHeight: height } = frames[at]!;
    const seen = { width: clientWidth, height: clientHeight };
    const zoom = printedZoom(screen.getZoom(), seen, { width, height });
    const wanted = { center: screen.getCenter(), zoom, width, height };
    const picture = await renderMap(region, scene, wanted, signal);
    urls.push(picture.url);
    signal.throwIfAborted();
    drawn.push(picture);
  }
  return drawn;
}

function inFrame({ lon, lat }: Region, [west, south, east, north]: MapPicture['bounds']) {
  return (unit: number) =>
    lon[unit]! >= west && lon[unit]! <= east && lat[unit]! >= south && lat[unit]! <= north;
}
