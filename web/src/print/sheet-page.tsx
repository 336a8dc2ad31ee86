import type { ComponentChildren, Ref } from 'preact';
import { formatDay } from '../french/numbers.ts';
import { CircleSizes } from '../shell/circle-sizes.tsx';
import type { Setting } from './arrange.ts';
import { type ColourGroup, groupText } from './content.ts';
import type { Orientation } from './paper.ts';
import type { Printed } from './sheet.tsx';
import { NorthArrow, Sign, Swatch } from './sign.tsx';

interface Props {
  content: Printed;
  title: string;
  orientation: Orientation;
  north: boolean;
  setting: Setting;
  colours: readonly ColourGroup[];
  /** what is in the frame of each map */
  inFrame?(at: number): ComponentChildren;
  page?: Ref<HTMLElement>;
}

/**
 * The page as it is laid out, on screen and on paper, and unseen while its words are measured: the
 * maps take the room that the title, the legend and the sources leave.
 */
export function SheetPage(props: Props) {
  const { content, title, orientation, north, setting, colours, inFrame, page } = props;
  const many = content.maps.length > 1 ? 'several' : 'single';
  return (
    <article
      class={`sheet ${orientation} ${many}`}
      aria-label="Feuille à imprimer"
      ref={page ?? null}
      style={{
        '--title-size': `${setting.titleSize}pt`,
        '--legend-size': `${setting.legendSize}pt`,
        '--foot-size': `${setting.footSize}pt`,
        '--legend-columns': String(setting.legendColumns),
        '--legend-width': `${setting.legendWidth}mm`,
        '--map-height': `${setting.mapHeight}mm`,
      }}
    >
      <h1>{title}</h1>
      <div class="sheet-maps">
        {content.maps.map(({ caption }, at) => (
          <figure key={caption} class="sheet-map">
            {caption && <figcaption>{caption}</figcaption>}
            <div class="sheet-frame">
              {inFrame?.(at)}
              {north && <NorthArrow />}
            </div>
          </figure>
        ))}
      </div>
      <section class="sheet-legend" aria-label="Légende">
        <h2>{content.legendTitle}</h2>
        <ul>
          {content.signs.map(({ sign, label, sizes }) => (
            <li key={label}>
              <Sign sign={sign} />
              <span>
                {label}
                {sizes && <CircleSizes sizes={sizes} />}
              </span>
            </li>
          ))}
          {colours.map((group) => (
            <li key={group.fill}>
              <Swatch fill={group.fill} />
              <span>{groupText(group, content.keyNouns)}</span>
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
