import { etagOf, http } from '@shared/api/http';
import { tenantDetailQuery } from '@shared/api/tenants';
import { Can } from '@shared/components/Can';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { FormModal } from '@shared/components/FormModal';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { StatusTag } from '@shared/components/StatusTag';
import { ExactTime } from '@shared/components/values';
import { useLiveObject } from '@shared/live/useStream';
import { useTenant } from '@shared/session/place';
import { sessionQuery } from '@shared/session/session';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Descriptions, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DescriptionField, NameField } from '../components/fields';
import { RemovalPanel } from '../components/Removal';
import { TenantLife } from '../components/TenantLife';

export function TenantPage() {
  const { t } = useTranslation('tenants');
  const { t: shared } = useTranslation();
  const { id } = useTenant();
  const options = tenantDetailQuery(id);
  const { data: tenant, error, refetch } = useQuery(options);
  useLiveObject(options.queryKey, { tenant: id, kinds: ['tenant'] });
  const [editing, setEditing] = useState(false);
  if (error && !tenant)
    return (
      <div className="page">
        <ErrorPanel error={error} retry={() => void refetch()} />
      </div>
    );
  if (!tenant) return <PageLoading />;
  return (
    <div className="page">
      <PageHeader
        title={tenant.name}
        facts={<StatusTag status={tenant.removal ? 'removing' : tenant.phase} suffix={tenant.phase_reason} />}
        actions={
          tenant.removal ? null : (
            <Can do="tenants.change" on={tenant}>
              <Button onClick={() => setEditing(true)}>{shared('edit')}</Button>
            </Can>
          )
        }
        api={{ method: 'GET', path: `/tenants/${id}/` }}
      />
      {tenant.removal ? <RemovalPanel removal={tenant.removal} name={tenant.name} /> : null}
      <Descriptions
        bordered
        size="small"
        column={1}
        styles={{ label: { width: 180 } }}
        items={[
          { key: 'slug', label: t('fields.slug'), children: <code className="mono">{tenant.slug}</code> },
          { key: 'description', label: t('fields.description'), children: tenant.description || '—' },
          {
            key: 'second',
            label: t('settings.second'),
            children: t(tenant.requires_second_factor ? 'settings.secondYes' : 'settings.secondNo'),
          },
          { key: 'created', label: t('list.created'), children: <ExactTime at={tenant.created_at} /> },
          { key: 'id', label: t('settings.id'), children: <code className="mono">{tenant.id}</code> },
        ]}
      />
      <TenantLife tenant={tenant} />
      <FormModal<{ name: string; description: string; requires_second_factor: boolean }>
        open={editing}
        title={t('settings.edit', { name: tenant.name })}
        submit={shared('save')}
        initial={{
          name: tenant.name,
          description: tenant.description,
          requires_second_factor: tenant.requires_second_factor,
        }}
        act={(values) => http.patch(`/tenants/${id}/`, values, { etag: etagOf(tenant) })}
        done={shared('saved')}
        changes={[['tenants'], sessionQuery.queryKey]}
        onClose={() => setEditing(false)}
      >
        <NameField />
        <DescriptionField />
        <Form.Item name="requires_second_factor" valuePropName="checked" extra={t('settings.secondHelp')}>
          <Checkbox>{t('settings.secondAsk')}</Checkbox>
        </Form.Item>
      </FormModal>
    </div>
  );
}
