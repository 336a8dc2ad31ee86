import type { JSX } from 'preact';
import {
  brushRadii,
  brushSize,
  byEpci,
  type Tool,
  takesOut,
  tool,
  tools,
} from '../../state/drawing/tools.ts';
import { toolNames } from './tool-names.ts';

/** Lines of each icon, on a square of 20. */
const icons: Record<Tool, JSX.Element> = {
  click: <path d="M5 2.5 15.5 11l-4.8.6 2.6 5-2 1-2.5-5L5 16z" />,
  brush: (
    <path d="M16.5 2.5 9 10.5M7.2 11.2c-2 .2-2.4 1.6-2.8 3.2-.2 1-.8 1.8-1.9 2.2 2.6 1.2 6.6.6 6.9-2.7.1-1.4-.9-2.6-2.2-2.7z" />
  ),
  erase: <path d="M3 12.5 11 4l5.5 5.2-7.6 7.8H6.6zM7 8.3l5.6 5.2M10 17h7" />,
  box: <path d="M3 4h14v12H3z" stroke-dasharray="3 2" />,
  lasso: (
    <path d="M10 3.5c4.2 0 7.3 2 7.3 4.6S14.2 12.7 10 12.7 2.7 10.7 2.7 8.1 5.8 3.5 10 3.500zM5 11.500c-1.6 1-1.2 3 .6 3s2.4 1.6 1 3" />
  ),
  edge: <path d="M7 2.500c2 3-2 5 .5 8s-1.5 4-.5 7M11 10h6.500M15 7.500l2.5 2.5-2.5 2.5" />,
};

const sizes = ['Une commune à la fois', 'Moyen', 'Large'];

/** The tool in hand, and how it takes communes. */
export function ToolBar() {
  const inHand = tool.value;
  const isBrush = inHand === 'brush' || inHand === 'erase';
  const encloses = inHand === 'box' || inHand === 'lasso';
  return (
    <div class="tools">
      <fieldset class="tool-bar" aria-label="Outil">
        {tools.map((each) => {
          const { label, key, does } = toolNames[each];
          return (
            <button
              key={each}
              type="button"
              aria-pressed={each === inHand}
              aria-keyshortcuts={key}
              title={`${label} (${key})\u00a0: ${does}`}
              onClick={() => {
                tool.value = each;
              }}
            >
              <svg viewBox="0 0 20 20" aria-hidden="true">
                {icons[each]}
              </svg>
              {label}
            </button>
          );
        })}
      </fieldset>
      <div class="tool-options">
        <fieldset class="segmented" aria-label="Un geste prend">
          <Choice set={byEpci} value={false} title="Commune par commune (I)">
            Commune
          </Choice>
          <Choice set={byEpci} value={true} title="Intercommunalités entières (I)">
            EPCI entier
          </Choice>
        </fieldset>
        {isBrush && (
          <fieldset class="segmented" aria-label="Taille du pinceau">
            {brushRadii.map((radius, size) => (
              <button
                key={radius}
                type="button"
                aria-pressed={brushSize.value === size}
                aria-label={sizes[size]}
                title={sizes[size]}
                onClick={() => {
                  brushSize.value = size;
                }}
              >
                <span class={`brush-dot brush-dot-${size}`} aria-hidden="true" />
              </button>
            ))}
          </fieldset>
        )}
        {encloses && (
          <fieldset class="segmented" aria-label="Le rectangle et le lasso">
            <Choice set={takesOut} value={false} title="Ajouter ce qui est entouré (X)">
              Ajouter
            </Choice>
            <Choice set={takesOut} value={true} title="Retirer ce qui est entouré (X)">
              Retirer
            </Choice>
          </fieldset>
        )}
      </div>
      <p class="quiet">{hints[inHand]}</p>
    </div>
  );
}

const pans = 'Espace tenue déplace la carte, Échap abandonne.';
const hints: Record<Tool, string> = {
  click: 'Cliquez une commune pour l’ajouter ou la retirer.',
  brush: `Glissez sur les communes à ajouter. ${pans}`,
  erase: `Glissez sur les communes à retirer. ${pans}`,
  box: `Tracez un rectangle\u00a0; Alt fait l’inverse. ${pans}`,
  lasso: `Entourez des communes\u00a0; Alt fait l’inverse. ${pans}`,
  edge: `Partez du territoire pour l’étendre, du dehors pour l’entamer. ${pans}`,
};

interface ChoiceProps {
  set: { value: boolean };
  value: boolean;
  title: string;
  children: string;
}

function Choice({ set, value, title, children }: ChoiceProps) {
  return (
    <button
      type="button"
      aria-pressed={set.value === value}
      title={title}
      onClick={() => {
        set.value = value;
      }}
    >
      {children}
    </button>
  );
}
