import { type Density, type Theme, usePreferences } from '@shared/preferences';
import { type ThemeConfig, theme } from 'antd';
import type { MapToken, SeedToken } from 'antd/es/theme/interface';
import { createContext, useContext, useEffect, useState } from 'react';
import { DARK, LIGHT, type Palette } from './palette';

export const FONT =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';
export const MONO =
  'ui-monospace, "SFMono-Regular", "Cascadia Mono", "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace';

export const PaletteContext = createContext<Palette>(LIGHT);
export const usePalette = () => useContext(PaletteContext);

const query = (text: string) => window.matchMedia(text);

export function useMedia(text: string): boolean {
  const [matches, setMatches] = useState(() => query(text).matches);
  useEffect(() => {
    const media = query(text);
    const changed = () => setMatches(media.matches);
    media.addEventListener('change', changed);
    return () => media.removeEventListener('change', changed);
  }, [text]);
  return matches;
}

export const useReducedMotion = () => useMedia('(prefers-reduced-motion: reduce)');

/** Dark or light, after the person's choice and, failing that, the system's. */
export function useDark(): boolean {
  const { theme: chosen } = usePreferences();
  const system = useMedia('(prefers-color-scheme: dark)');
  return isDark(chosen, system);
}

export const isDark = (chosen: Theme, system: boolean) => (chosen === 'system' ? system : chosen === 'dark');

/** The algorithms derive shades from a colour and shift the colour itself; ours were chosen for their contrast. */
const exactly = (palette: Palette) => (_seed: SeedToken, map: MapToken | undefined) => ({
  ...(map as MapToken),
  colorPrimary: palette.primary,
  colorLink: palette.primary,
  colorSuccess: palette.good,
  colorWarning: palette.warning,
  colorError: palette.bad,
  colorInfo: palette.information,
  colorPrimaryBg: palette.chosen,
  colorSuccessBg: palette.grounds.good[0],
  colorSuccessBorder: palette.grounds.good[1],
  colorWarningBg: palette.grounds.warning[0],
  colorWarningBorder: palette.grounds.warning[1],
  colorErrorBg: palette.grounds.bad[0],
  colorErrorBorder: palette.grounds.bad[1],
  colorInfoBg: palette.grounds.information[0],
  colorInfoBorder: palette.grounds.information[1],
});
// One function each: the component library caches by identity.
const EXACTLY = { light: exactly(LIGHT), dark: exactly(DARK) };

export function themeOf(palette: Palette, density: Density, motion: boolean): ThemeConfig {
  const dark = palette === DARK;
  return {
    algorithm: [
      dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
      ...(density === 'compact' ? [theme.compactAlgorithm] : []),
      EXACTLY[dark ? 'dark' : 'light'],
    ],
    token: {
      motion,
      fontFamily: FONT,
      fontFamilyCode: MONO,
      // The compact algorithm takes the next smaller size: 14 in both densities.
      fontSize: density === 'compact' ? 16 : 14,
      borderRadius: 6,
      sizeUnit: 4,
      colorPrimary: palette.primary,
      colorLink: palette.primary,
      colorLinkHover: palette.text,
      colorSuccess: palette.good,
      colorWarning: palette.warning,
      colorError: palette.bad,
      colorInfo: palette.information,
      colorText: palette.text,
      colorTextSecondary: palette.muted,
      colorTextTertiary: palette.muted,
      colorTextDescription: palette.muted,
      colorTextPlaceholder: palette.muted,
      colorTextDisabled: palette.muted,
      colorBgBase: palette.ground,
      colorBgContainer: palette.ground,
      colorBgLayout: palette.raised,
      colorBgElevated: dark ? palette.raised : palette.ground,
      colorBorder: dark ? '#4A5A68' : '#B4BFCA',
      colorBorderSecondary: palette.line,
      colorSplit: palette.line,
      colorTextLightSolid: palette.onPrimary,
      controlItemBgActive: palette.chosen,
      controlItemBgActiveHover: palette.chosen,
      boxShadow: 'none',
      boxShadowSecondary: dark ? '0 6px 20px rgb(0 0 0 / 55%)' : '0 6px 20px rgb(27 39 51 / 14%)',
      controlOutlineWidth: 2,
      lineWidthFocus: 2,
      controlHeight: density === 'compact' ? 30 : 34,
      controlHeightSM: 26,
    },
    components: {
      Table: {
        headerBg: palette.raised,
        headerColor: palette.muted,
        rowHoverBg: palette.raised,
        headerSplitColor: 'transparent',
        borderColor: palette.line,
        cellPaddingInlineSM: 8,
        cellPaddingBlockSM: 5,
        headerSortActiveBg: palette.raised,
        bodySortBg: 'transparent',
      },
      Menu: { itemBg: 'transparent', activeBarBorderWidth: 0 },
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Tooltip: { colorBgSpotlight: dark ? '#2C3945' : '#1B2733', colorTextLightSolid: '#FFFFFF' },
      Card: { headerFontSize: 14 },
      Segmented: {
        trackBg: dark ? palette.ground : palette.raised,
        itemSelectedBg: dark ? palette.chosen : palette.ground,
      },
      Tabs: { itemColor: palette.muted, horizontalItemGutter: 24 },
      Descriptions: { labelBg: palette.raised, labelColor: palette.muted },
      Statistic: { contentFontSize: 20 },
    },
  };
}
