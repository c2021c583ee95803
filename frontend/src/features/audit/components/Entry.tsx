import { CopyButton } from '@shared/components/CopyButton';
import { ExactTime } from '@shared/components/values';
import { Descriptions } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../api';
import { changesBetween } from '../model';

const shown = (value: unknown) =>
  value === undefined ? '—' : typeof value === 'string' ? value : JSON.stringify(value);

/** One entry opened: what changed, from where, and what proves it. */
export function Entry({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation('audit');
  const changes = changesBetween(entry.before, entry.after);
  return (
    <div className="audit-entry">
      {changes.length === 0 ? (
        <p className="muted">{t('noChange')}</p>
      ) : (
        <table className="plain-table diff">
          <thead>
            <tr>
              <th scope="col">{t('field')}</th>
              <th scope="col">{t('before')}</th>
              <th scope="col">{t('after')}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <tr key={change.path}>
                <th scope="row" className="mono">
                  {change.path}
                </th>
                <td className="mono diff-before">{shown(change.before)}</td>
                <td className="mono diff-after">{shown(change.after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          { key: 'at', label: t('at'), children: <ExactTime at={entry.at} /> },
          { key: 'from', label: t('from'), children: entry.address || '—' },
          {
            key: 'request',
            label: t('request'),
            children: entry.request_id ? <code className="mono">{entry.request_id}</code> : '—',
          },
          { key: 'sequence', label: t('sequence'), children: <span className="tabular">{entry.sequence}</span> },
          {
            key: 'hash',
            label: t('hash'),
            children: (
              <span>
                <code className="mono">{entry.hash.slice(0, 16)}…</code> <CopyButton text={entry.hash} />
              </span>
            ),
          },
        ]}
      />
    </div>
  );
}
