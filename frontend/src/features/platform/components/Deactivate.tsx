import { http } from '@shared/api/http';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { FormModal } from '@shared/components/FormModal';
import { useKey } from '@shared/i18n/key';
import { useQuery } from '@tanstack/react-query';
import { Form, Input, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { leavingQuery } from '../api';

interface Props {
  user: { id: string; name: string };
  onClose: () => void;
}

/** Ends an account, after showing what it has and asking who gets it. */
export function Deactivate({ user, onClose }: Props) {
  const { t } = useTranslation('leaving');
  return (
    <FormModal<{ to?: string }>
      open
      danger
      title={t('leaving.title', { name: user.name })}
      submit={t('leaving.deactivate')}
      initial={{}}
      act={({ to }) => http.post(`/users/${user.id}/deactivate/`, { to: to || null })}
      done={t('leaving.done')}
      changes={[['users'], ['members']]}
      onClose={onClose}
    >
      <Belongings user={user} />
      <Form.Item name="to" label={t('leaving.to')} extra={t('leaving.toHelp')} rules={[{ type: 'email' }]}>
        <Input type="email" autoComplete="off" />
      </Form.Item>
    </FormModal>
  );
}

function Belongings({ user }: { user: Props['user'] }) {
  const { t } = useTranslation('leaving');
  const key = useKey();
  const { data, error } = useQuery(leavingQuery(user.id));
  if (error) return <ErrorPanel brief error={error} />;
  if (!data) return <Skeleton active title={false} paragraph={{ rows: 3 }} />;
  const more = data.belongings_count - data.belongings.length;
  return (
    <>
      <p>{t('leaving.text', { tokens: data.tokens, roles: data.roles })}</p>
      {data.only_owner_of.length > 0 ? (
        <p className="bad">{t('leaving.onlyOwner', { tenants: data.only_owner_of.join(', ') })}</p>
      ) : null}
      {data.belongings.length === 0 ? <p className="muted">{t('leaving.nothing')}</p> : null}
      <ul style={{ maxHeight: 180, overflow: 'auto', paddingInlineStart: 20 }}>
        {data.belongings.map((one) => (
          <li key={one.id}>
            <span className="muted">{key(`shared:kind.${one.kind}`, { fallback: one.kind })}</span> {one.name}
            {one.tenant ? <span className="muted"> · {one.tenant}</span> : null}
          </li>
        ))}
        {more > 0 ? <li className="muted">{t('leaving.more', { count: more })}</li> : null}
      </ul>
    </>
  );
}
