import type { Map as MapLibreMap } from 'maplibre-gl';
import { render } from 'preact';
import type { Region } from '../state/region.ts';
import { arrange, type Measured, type Setting } from './arrange.ts';
import { type ColourGroup, colourGroups } from './content.ts';
import { type Bounds, type Orientation, printedZoom, type Size, shownBounds } from './paper.ts';
import type { Printed } from './sheet.tsx';
import { SheetPage } from './sheet-page.tsx';

export interface Layout {
  setting: Setting;
  colours: ColourGroup[];
  /** of the frame of each map, CSS px */
  frame: Size;
}

interface Wanted {
  content: Printed;
  title: string;
  orientation: Orientation;
  north: boolean;
}

/** Rounds of « the frame decides which names, the names decide the frame »: two settle nearly all. */
const rounds = 3;

/** Lays a sheet out unseen, as often as it takes for its words to fit, and gives what came of it. */
export function layOut(region: Region, screen: MapLibreMap, wanted: Wanted): Layout {
  const host = document.createElement('div');
  host.className = 'print-offscreen';
  host.inert = true;
  document.body.append(host);
  const { content } = wanted;
  const { clientWidth: width, clientHeight: height } = screen.getContainer();
  let bounds: Bounds = region.bbox;
  let layout: Layout | null = null;
  try {
    for (let round = 0; round < rounds; round++) {
      const told = (names?: number) => colourGroups(content.keys, inBounds(region, bounds), names);
      const all = told().reduce((sum, { names }) => sum + names.length, 0);
      const show = (setting: Setting) => {
        const colours = told(setting.names);
        render(<SheetPage {...wanted} setting={setting} colours={colours} />, host);
        return colours;
      };
      const asked = {
        orientation: wanted.orientation,
        maps: content.maps.length,
        names: all,
      };
      const setting = arrange(asked, (each) => {
        show(each);
        return measured(host.querySelector<HTMLElement>('.sheet')!);
      });
      const colours = show(setting);
      const { clientWidth, clientHeight } = host.querySelector<HTMLElement>('.sheet-frame')!;
      const frame = { width: clientWidth, height: clientHeight };
      const settled = layout?.frame.width === frame.width && layout.frame.height === frame.height;
      layout = { setting, colours, frame };
      if (settled) break;
      const zoom = printedZoom(screen.getZoom(), { width, height }, frame);
      bounds = shownBounds(screen.getCenter(), zoom, frame);
    }
    return layout!;
  } finally {
    render(null, host);
    host.remove();
  }
}

/** A px of slack: what is measured is rounded. */
function measured(sheet: HTMLElement): Measured {
  const title = sheet.querySelector<HTMLElement>('h1')!;
  const legend = sheet.querySelector<HTMLElement>('.sheet-legend')!;
  const fits = (box: HTMLElement) =>
    box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1;
  const lineHeight = Number.parseFloat(getComputedStyle(title).lineHeight);
  return {
    titleLines: Math.round(title.offsetHeight / lineHeight),
    fits: fits(sheet) && fits(legend),
  };
}

function inBounds({ lon, lat }: Region, [west, south, east, north]: Bounds) {
  return (unit: number) =>
    lon[unit]! >= west && lon[unit]! <= east && lat[unit]! >= south && lat[unit]! <= north;
}
