import { StatusIcon } from '@shared/components/StatusTag';
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Act, BulkResult } from '../api';

interface Props {
  act: Act;
  results: readonly BulkResult[];
  nameOf: (id: string) => string;
  onClose: () => void;
}

/** What became of each of the selected jobs. */
export default function BulkResults({ act, results, nameOf, onClose }: Props) {
  const { t } = useTranslation('jobs');
  const refused = results.filter((one) => one.status >= 300);
  const done = results.length - refused.length;
  return (
    <Modal
      open
      title={t('bulk.title', { act: t(`acts.${act}`), done, count: results.length })}
      onCancel={onClose}
      onOk={onClose}
      cancelButtonProps={{ style: { display: 'none' } }}
    >
      <table className="plain-table" style={{ width: '100%' }}>
        <tbody>
          {[...refused, ...results.filter((one) => one.status < 300)].map((one) => (
            <tr key={one.id}>
              <td>
                <StatusIcon status={one.status < 300 ? 'succeeded' : 'failed'} /> {nameOf(one.id)}
              </td>
              <td>{one.status < 300 ? t('bulk.done') : (one.problem?.detail ?? one.problem?.title ?? one.status)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}
