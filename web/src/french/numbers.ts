/** Figures the French way. `Intl` puts the narrow no-break spaces (U+202F) by itself. */
const whole = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat('fr-FR', {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const upToTwo = new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 2 });
const day = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'medium', timeStyle: 'short' });

/** before a unit or a noun: it must not break, and a narrow one can hardly be seen */
const SPACE = '\u00a0';
const NARROW = '\u202f';

export const formatCount = (value: number) => whole.format(value);

export const formatDecimal = (value: number) => upToTwo.format(value);

/** Always as many decimals, for columns of figures. */
export const formatFixed = (value: number, digits: number) =>
  value.toLocaleString('fr-FR', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** `0.934` → `93,4 %`, or `93 %` where no decimal is meant. */
export const formatShare = (share: number, decimals: 0 | 1 = 1) =>
  `${(decimals === 1 ? oneDecimal : whole).format(share * 100)}${NARROW}%`;

export const formatInhabitants = (value: number) => `${whole.format(value)}${SPACE}hab.`;

const longDay = new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long' });

/** `22 novembre 2026`. */
export const formatDay = (date: Date) => longDay.format(date);

/** Kilometres: a decimal under ten, none above. */
export const formatKm = (km: number) => `${(km < 10 ? oneDecimal : whole).format(km)}${SPACE}km`;

export const formatKm2 = (km2: number) => `${whole.format(km2)}${SPACE}km²`;

export const formatDate = (iso: string) => {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? '—' : day.format(date);
};

/** `1 commune`, `0 commune`, `12 communes`: French has its plural from two on. */
export const counted = (count: number, singular: string, plural = `${singular}s`) =>
  `${whole.format(count)}${SPACE}${Math.abs(count) < 2 ? singular : plural}`;
