import { useKey } from '@shared/i18n/key';
import { useStanding } from '@shared/session/place';
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { navigationAt } from './entries';
import { onMac } from './PaletteButton';

/** All keys on one page. */
export default function Shortcuts({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('shell');
  const key = useKey();
  const pages = navigationAt(useStanding()).filter(({ letter }) => letter);
  const rows: [keys: string[], what: string][] = [
    [[onMac() ? '⌘ K' : 'Ctrl K'], t('palette.open')],
    [['/'], t('shortcuts.search')],
    [['?'], t('shortcuts.title')],
    ...pages.map(({ letter = '', label }): [string[], string] => [
      ['g', letter],
      t('shortcuts.go', { page: key(label) }),
    ]),
  ];
  return (
    <Modal open title={t('shortcuts.title')} footer={null} onCancel={onClose}>
      <table className="plain-table">
        <tbody>
          {rows.map(([keys, what]) => (
            <tr key={keys.join()}>
              <td style={{ whiteSpace: 'nowrap' }}>
                {keys.map((one) => (
                  <kbd key={one}>{one}</kbd>
                ))}
              </td>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}
