import { can } from '@shared/components/Can';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { FormModal } from '@shared/components/FormModal';
import { useTenant } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Isolation, isolationQuery, limitTenant } from '../api';

const LIMITS = ['networks', 'registries'] as const;
type Limited = (typeof LIMITS)[number];
type Given = { [limit in Limited as `${limit}Which`]: 'open' | 'listed' } & { [limit in Limited]?: string[] } & Pick<
    Isolation,
    'sandbox'
  > &
  Partial<Pick<Isolation, 'runtime_class'>>;
const SANDBOXES = ['off', 'optional', 'required'] as const;

/** What the tenant may open its projects to, and whence its images come; whoever governs the platform changes it here. */
export function Limit() {
  const { t } = useTranslation('isolation');
  const tenant = useTenant();
  const { data, error } = useQuery(isolationQuery(tenant.id));
  const [changing, setChanging] = useState(false);
  if (error) return <ErrorPanel error={error} />;
  if (!data) return null;
  const which = (limit: Limited) => (data[limit] ? 'listed' : 'open');
  return (
    <Flex gap={8} align="center" wrap>
      {LIMITS.map((limit) => (
        <Flex key={limit} gap={8}>
          <span className="muted">{t(`limits.${limit}.label`)}</span>
          <span>{data[limit]?.join(', ') ?? t(`limits.${limit}.open`)}</span>
          {data[limit]?.length === 0 && <span>{t('limitNone')}</span>}
        </Flex>
      ))}
      <Flex gap={8}>
        <span className="muted">{t('sandbox.label')}</span>
        <span>{t(`sandbox.${data.sandbox}`, { name: data.runtime_class })}</span>
      </Flex>
      {can(tenant, 'networks.limit') && (
        <Button size="small" onClick={() => setChanging(true)}>
          {t('limitChange')}
        </Button>
      )}
      <FormModal<Given>
        open={changing}
        title={t('limitTitle', { tenant: tenant.name })}
        submit={t('save')}
        initial={{
          networksWhich: which('networks'),
          networks: data.networks ?? [],
          registriesWhich: which('registries'),
          registries: data.registries ?? [],
          sandbox: data.sandbox,
          runtime_class: data.runtime_class,
        }}
        act={({ networksWhich, networks = [], registriesWhich, registries = [], sandbox, runtime_class = '' }) =>
          limitTenant(data, {
            networks: networksWhich === 'listed' ? networks : null,
            registries: registriesWhich === 'listed' ? registries : null,
            sandbox,
            runtime_class,
          })
        }
        done={t('limited')}
        changes={[['tenants', tenant.id, 'isolation'], ['projects']]}
        onClose={() => setChanging(false)}
      >
        <p>{t('limitText')}</p>
        {LIMITS.map((limit) => (
          <LimitField key={limit} limit={limit} />
        ))}
        <SandboxField />
      </FormModal>
    </Flex>
  );
}

/** In what the pods of the tenant run, and whether all of them do. */
function SandboxField() {
  const { t } = useTranslation('isolation');
  const sandbox = Form.useWatch<Isolation['sandbox'] | undefined>('sandbox');
  return (
    <>
      <Form.Item name="sandbox" label={t('sandbox.which')}>
        <Radio.Group options={SANDBOXES.map((value) => ({ value, label: t(`sandbox.choose.${value}`) }))} />
      </Form.Item>
      {sandbox && sandbox !== 'off' ? (
        <Form.Item
          name="runtime_class"
          label={t('sandbox.runtimeClass')}
          extra={t('sandbox.help')}
          rules={[{ required: true }]}
        >
          <Input autoComplete="off" spellCheck={false} />
        </Form.Item>
      ) : null}
    </>
  );
}

/** Whichever, or only what is listed. */
function LimitField({ limit }: { limit: Limited }) {
  const { t } = useTranslation('isolation');
  const which = Form.useWatch<Given[`${Limited}Which`] | undefined>(`${limit}Which`);
  return (
    <>
      <Form.Item name={`${limit}Which`} label={t(`limits.${limit}.which`)}>
        <Radio.Group
          options={(['open', 'listed'] as const).map((value) => ({ value, label: t(`limits.${limit}.${value}`) }))}
        />
      </Form.Item>
      {which === 'listed' && (
        <Form.Item name={limit} label={t(`limits.${limit}.list`)} extra={t(`limits.${limit}.help`)}>
          <Select mode="tags" open={false} tokenSeparators={[',', ' ']} suffixIcon={null} />
        </Form.Item>
      )}
    </>
  );
}
