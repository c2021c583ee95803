import { CheckOutlined } from '@ant-design/icons';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { useKey } from '@shared/i18n/key';
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { permissionsQuery } from '../api';

/** What each role may do, from the one table of the platform. */
export function RoleTable({ roles }: { roles: readonly string[] }) {
  const { t } = useTranslation('members');
  const key = useKey();
  const { data, error, refetch } = useQuery(permissionsQuery);
  if (error) return <ErrorPanel brief error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton active title={false} paragraph={{ rows: 6 }} />;
  const rows = data.results.filter((row) => row.roles.some((role) => roles.includes(role)));
  return (
    <div style={{ overflowX: 'auto' }}>
      <table className="plain-table role-table">
        <caption className="visually-hidden">{t('roles.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('roles.permission')}</th>
            {roles.map((role) => (
              <th key={role} scope="col">
                {key(`shared:role.${role}.name`, { fallback: role })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.permission}>
              <th scope="row">
                {key(`shared:permission.${row.permission.replace('.', '-')}`, { fallback: row.permission })}{' '}
                <code className="mono muted">{row.permission}</code>
              </th>
              {roles.map((role) => (
                <td key={role}>
                  {row.roles.includes(role) ? (
                    <CheckOutlined aria-label={t('roles.yes')} role="img" style={{ color: 'var(--hanse-good)' }} />
                  ) : (
                    <span className="visually-hidden">{t('roles.no')}</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
