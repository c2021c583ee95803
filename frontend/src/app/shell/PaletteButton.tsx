import { SearchOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';

export const onMac = () => /Mac|iPhone|iPad/.test(navigator.userAgent);

export function PaletteButton({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation('shell');
  return (
    <button type="button" className="palette-button" onClick={onOpen}>
      <SearchOutlined />
      <span>{t('palette.open')}</span>
      <kbd>{onMac() ? '⌘K' : 'Ctrl K'}</kbd>
    </button>
  );
}
