/** Colours of a terminal, made readable on our grounds: whatever a program prints keeps a contrast of at least 4.5. */

export type Ground = 'light' | 'dark';
export type Rgb = readonly [red: number, green: number, blue: number];

export const GROUNDS: Record<Ground, Rgb> = { light: [255, 255, 255], dark: [14, 21, 28] };

/** Distinct by hue, then by lightness; each at least 4.5 on its ground. */
const RANKS: Record<Ground, readonly string[]> = {
  light: ['#0B5E7A', '#9A3B26', '#1F6F43', '#6D3FA0', '#7A5200', '#A02765', '#2E5AAC', '#4F6410', '#00696B', '#7F3C5C'],
  dark: ['#63BFDB', '#E58A70', '#6CC495', '#BFA0F0', '#E0B04B', '#F08DBE', '#8FB3FF', '#B5CC62', '#5CCFC9', '#D9A3BC'],
};

export const rankColour = (rank: number, ground: Ground): string =>
  RANKS[ground][rank % RANKS[ground].length] as string;

function luminance([red, green, blue]: Rgb): number {
  const linear = (channel: number): number => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** WCAG's contrast ratio, 1..21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** The colour, moved towards black or white just so far that it can be read on `ground`. */
export function readable(colour: Rgb, ground: Rgb): Rgb {
  const target: Rgb = luminance(ground) > 0.18 ? [0, 0, 0] : [255, 255, 255];
  let result = colour;
  for (let share = 0.1; contrast(result, ground) < 4.5 && share <= 1.001; share += 0.1) {
    result = colour.map((channel, index) =>
      Math.round(channel + ((target[index] as number) - channel) * share),
    ) as unknown as Rgb;
  }
  return result;
}

export const css = ([red, green, blue]: Rgb): string => `rgb(${red}, ${green}, ${blue})`;

/** Reads "12, 34, 56", as anser gives colours. */
export function parseRgb(text: string | null | undefined): Rgb | null {
  const parts = text?.split(',').map((part) => Number(part.trim()));
  return parts?.length === 3 && parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 255)
    ? (parts as unknown as Rgb)
    : null;
}
