import type { Map as MapLibreMap } from 'maplibre-gl';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ApiFailure } from '../api/client.ts';
import { formatCount } from '../french/numbers.ts';
import { mainMap } from '../map/main-map.ts';
import type { Scene } from '../map/scene.ts';
import type { LegendEntry } from '../shell/legend.tsx';
import { FailureNotice } from '../shell/notice.tsx';
import type { Region } from '../state/region.ts';
import { asFailure } from '../state/resource.ts';
import type { PrintContent } from './content.ts';
import { type Layout, layOut } from './lay-out.tsx';
import { type Orientation, printedZoom } from './paper.ts';
import { type MapPicture, renderMap } from './render-map.ts';
import { scaleBar } from './scale-bar.ts';
import { SheetPage } from './sheet-page.tsx';
import { Bar } from './sign.tsx';

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
export function Sheet(props: Props) {
  const { region, content, title, orientation, north } = props;
  const fonts = useFonts();
  const [layout, setLayout] = useState<Layout | null>(null);
  // Not while rendering: what is measured is rendered too.
  useLayoutEffect(
    () => setLayout(layOut(region, shownMap(), { content, title, orientation, north })),
    [region, content, title, orientation, north, fonts],
  );
  return layout && <Laid {...props} layout={layout} />;
}

function Laid({
  region,
  content,
  title,
  orientation,
  north,
  onReady,
  layout,
}: Props & { layout: Layout }) {
  const page = useRef<HTMLElement>(null);
  const room = `${orientation} ${layout.frame.width} ${layout.frame.height}`;
  const { pictures: drawn, failure, again } = usePictures(region, content, page, room);
  useEffect(() => onReady(drawn !== null), [drawn]);
  return (
    <SheetPage
      {...{ content, title, orientation, north, page }}
      setting={layout.setting}
      colours={layout.colours}
      inFrame={(at) => {
        const picture = drawn?.[at];
        return (
          <>
            {picture && (
              <img src={picture.url} alt={`Carte\u00a0: ${content.maps[at]!.caption ?? title}`} />
            )}
            {picture && <Scale picture={picture} />}
            {!drawn && !failure && <p class="sheet-wait">Dessin de la carte…</p>}
            {failure && at === 0 && <FailureNotice error={failure} retry={again} />}
          </>
        );
      }}
    />
  );
}

function shownMap(): MapLibreMap {
  const screen = mainMap.peek();
  if (!screen) throw new Error('there is no map to print');
  return screen;
}

/** Counts the fonts that came late: words measured before them must be measured again. */
function useFonts(): number {
  const [loaded, setLoaded] = useState(0);
  useEffect(() => {
    const onLoad = () => setLoaded((count) => count + 1);
    document.fonts.addEventListener('loadingdone', onLoad);
    return () => document.fonts.removeEventListener('loadingdone', onLoad);
  }, []);
  return loaded;
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
function usePictures(
  region: Region,
  content: Printed,
  page: { current: HTMLElement | null },
  room: string,
) {
  const [pictures, setPictures] = useState<MapPicture[] | null>(null);
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    const urls: string[] = [];
    setPictures(null);
    setFailure(null);
    drawAll(region, content, page.current!, controller.signal, urls).then(
      (drawn) => setPictures(drawn),
      (cause) => {
        if (!controller.signal.aborted) setFailure(asFailure(cause));
      },
    );
    return () => {
      controller.abort();
      for (const url of urls) URL.revokeObjectURL(url);
    };
  }, [region, content, room, attempt]);
  return { pictures, failure, again: () => setAttempt(attempt + 1) };
}

/** One after the other: two maps beside the screen's are more than a weak machine has room for. */
async function drawAll(
  region: Region,
  { maps }: Printed,
  place: HTMLElement,
  signal: AbortSignal,
  urls: string[],
): Promise<MapPicture[]> {
  const screen = shownMap();
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
