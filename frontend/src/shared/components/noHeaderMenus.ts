/** In the place of the component library's menus in headers of tables (see vite.config.ts): ours have their filters above. */
export const flattenKeys = (): never[] => [];

export default function NoHeaderMenu(): never {
  throw new Error('Filters are above our tables (ResourceTable), not in their headers.');
}
