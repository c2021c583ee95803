import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { Navigation } from './Navigation';

/** The navigation on narrow screens. */
export default function NarrowMenu({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('shell');
  return (
    <Drawer open={open} onClose={onClose} placement="left" size={260} title={t('menu')}>
      <Navigation />
    </Drawer>
  );
}
