/** The colours of Hanse. Every pair of text and ground has a contrast of at least 5.5. */
export interface Palette {
  ground: string;
  raised: string;
  text: string;
  muted: string;
  line: string;
  /** Ground of what is chosen in a list. */
  chosen: string;
  primary: string;
  onPrimary: string;
  brand: string;
  good: string;
  warning: string;
  bad: string;
  information: string;
  /** Ground and border of notices. */
  grounds: Record<'good' | 'warning' | 'bad' | 'information', readonly [ground: string, border: string]>;
  /** Series of a chart, in order. */
  series: readonly string[];
}

export const LIGHT: Palette = {
  ground: '#FFFFFF',
  raised: '#F4F6F8',
  text: '#1B2733',
  muted: '#52606D',
  line: '#D5DCE3',
  chosen: '#DDE9EE',
  primary: '#0B5E7A',
  onPrimary: '#FFFFFF',
  brand: '#9A3B26',
  good: '#1F6F43',
  warning: '#8A5A00',
  bad: '#B3261E',
  information: '#2E5AAC',
  grounds: {
    good: ['#E9F4EE', '#AED3BE'],
    warning: ['#FBF4E3', '#E3CD94'],
    bad: ['#FBECEA', '#E9B8B4'],
    information: ['#ECF1FA', '#B9CBEA'],
  },
  series: ['#0B5E7A', '#9A3B26', '#1F6F43', '#6B4FA0', '#8A5A00', '#2E5AAC', '#8C2F6B', '#52606D'],
};

export const DARK: Palette = {
  ground: '#0E151C',
  raised: '#18222C',
  text: '#E6EDF3',
  muted: '#9FB0BF',
  line: '#2C3945',
  chosen: '#1B323D',
  primary: '#63BFDB',
  onPrimary: '#0E151C',
  brand: '#E58A70',
  good: '#6CC495',
  warning: '#E0B04B',
  bad: '#FF8A80',
  information: '#8FB3FF',
  grounds: {
    good: ['#142A1F', '#2C5A41'],
    warning: ['#2B2413', '#57481F'],
    bad: ['#321B1C', '#6B3431'],
    information: ['#182236', '#334B78'],
  },
  series: ['#63BFDB', '#E58A70', '#6CC495', '#B79CF0', '#E0B04B', '#8FB3FF', '#F08FC6', '#9FB0BF'],
};
