import { etagOf, http } from '@shared/api/http';
import { isProblem } from '@shared/api/problem';
import { FormModal } from '@shared/components/FormModal';
import type { SessionTenant } from '@shared/session/session';
import { App, Checkbox, Form, Input, InputNumber, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cap } from '../api';

type Whose = 'user' | 'group' | 'everybody';

interface Given {
  user?: string;
  group?: string;
  running_workloads: number | null;
  gpus: number | null;
  may_use_restricted_priorities: boolean;
}

interface Props {
  tenant: SessionTenant;
  /** Null: a new one. */
  cap: Cap | null;
  onClose: () => void;
}

/** A cap that is tighter than what runs is kept all the same: nothing new starts until it fits. The answer says so. */
export function CapForm({ tenant, cap, onClose }: Props) {
  const { t } = useTranslation('quotas');
  const { t: shared } = useTranslation();
  const { modal } = App.useApp();
  const [whose, setWhose] = useState<Whose>('user');
  const save = async ({ user, group, ...limits }: Given) => {
    const send = (confirm: boolean) =>
      cap
        ? http.patch(`/caps/${cap.id}/`, limits, { etag: etagOf(cap), query: { confirm } })
        : http.post(
            `/tenants/${tenant.id}/caps/`,
            { ...limits, user: user ?? null, group: group ?? null },
            { query: { confirm } },
          );
    try {
      return await send(false);
    } catch (error) {
      const hits = isProblem(error, 'quota-in-use') ? Number(error.document.count) : 0;
      const agreed =
        hits > 0 && (await modal.confirm({ title: t('caps.hits', { count: hits }), okText: t('caps.despite') }));
      if (!agreed) throw error;
      return send(true);
    }
  };
  return (
    <FormModal<Given>
      open
      title={cap ? t('caps.edit') : t('caps.add')}
      submit={shared('save')}
      initial={{
        running_workloads: cap?.running_workloads ?? null,
        gpus: cap?.gpus ?? null,
        may_use_restricted_priorities: cap?.may_use_restricted_priorities ?? false,
      }}
      act={save}
      done={shared('saved')}
      changes={[['tenants', tenant.id, 'caps']]}
      onClose={onClose}
    >
      {cap ? (
        <p>
          {cap.user
            ? `${cap.user.name} · ${cap.user.email}`
            : cap.group
              ? t('caps.eachOf', { group: cap.group.name })
              : t('caps.everybody')}
        </p>
      ) : (
        <>
          <Segmented<Whose>
            aria-label={t('caps.user')}
            style={{ marginBottom: 16 }}
            value={whose}
            onChange={setWhose}
            options={[
              { value: 'user', label: t('caps.person') },
              { value: 'group', label: t('caps.group') },
              { value: 'everybody', label: t('caps.everybody') },
            ]}
          />
          {whose === 'user' ? (
            <Form.Item key="user" name="user" label={t('caps.email')} rules={[{ required: true }]}>
              <Input autoComplete="off" />
            </Form.Item>
          ) : whose === 'group' ? (
            <Form.Item
              key="group"
              name="group"
              label={t('caps.groupName')}
              extra={t('caps.groupHelp')}
              rules={[{ required: true }]}
            >
              <Input autoComplete="off" />
            </Form.Item>
          ) : (
            <p className="muted">{t('caps.everybodyHelp')}</p>
          )}
        </>
      )}
      <Form.Item name="running_workloads" label={t('caps.running')}>
        <InputNumber min={0} precision={0} placeholder={t('caps.noLimit')} style={{ width: 160 }} />
      </Form.Item>
      <Form.Item name="gpus" label={t('caps.gpus')}>
        <InputNumber min={0} precision={0} placeholder={t('caps.noLimit')} style={{ width: 160 }} />
      </Form.Item>
      <Form.Item name="may_use_restricted_priorities" valuePropName="checked">
        <Checkbox>{t('caps.restrictedLong')}</Checkbox>
      </Form.Item>
    </FormModal>
  );
}
