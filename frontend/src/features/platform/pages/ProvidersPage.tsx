import { etagOf, http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { EmptyState } from '@shared/components/EmptyState';
import { FormModal } from '@shared/components/FormModal';
import { PageHeader } from '@shared/components/PageHeader';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import type { ListSearch } from '@shared/routing/search';
import { useView } from '@shared/routing/view';
import { may, usePlace } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Flex, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Provider, providersQuery } from '../api';
import { ProviderFields, type ProviderValues } from '../sign-in/ProviderFields';
import '../sign-in/words';

const PROVIDERS = ['sign-in-providers'] as const;
const NEW: Partial<ProviderValues> = {
  creates_accounts: true,
  asks_second_factor: false,
  signs_out_there: false,
  is_active: true,
  groups_claim: 'groups',
  group_rules: [],
};

/** What may be changed; an empty secret keeps the one that is there. */
const changeOf = ({ slug: _, secret, group_rules, ...rest }: ProviderValues) => ({
  ...rest,
  group_rules: group_rules.map(({ value, group }) => ({ value, group })),
  ...(secret ? { secret } : {}),
});

const isBroken = ({ group_rules }: Provider) => group_rules.some((rule) => rule.group_name === null);

export function ProvidersPage() {
  const { t } = useTranslation('providers');
  const { t: shared } = useTranslation();
  const { modal } = App.useApp();
  const place = usePlace();
  const [view] = useView<ListSearch>();
  const query = useQuery(providersQuery(view));
  const [dialog, setDialog] = useState<'new' | Provider | null>(null);
  const mayManage = may(place, 'sign-in.manage', 'platform');
  const remove = useAct<Provider>({
    act: (provider) => http.delete(`/sign-in-providers/${provider.id}/`, { etag: etagOf(provider) }),
    done: t('removed'),
    changes: [PROVIDERS],
  });
  const ask = (provider: Provider) =>
    modal.confirm({
      title: t('remove', { name: provider.name }),
      content: t('removeText'),
      okText: shared('remove'),
      okButtonProps: { danger: true },
      onOk: () => remove.mutateAsync(provider).catch(() => undefined),
    });
  const add = mayManage ? (
    <Button type="primary" onClick={() => setDialog('new')}>
      {t('new')}
    </Button>
  ) : null;
  const columns: Column<Provider>[] = [
    { key: 'name', title: shared('name'), always: true, render: ({ name }) => name },
    { key: 'issuer', title: t('issuer'), render: ({ issuer }) => <code className="mono">{issuer}</code> },
    { key: 'domains', title: t('domains'), render: ({ domains }) => domains.join(', ') },
    {
      key: 'state',
      title: t('state'),
      render: (provider) => (
        <>
          <Tag>{t(provider.is_active ? 'on' : 'off')}</Tag>
          {isBroken(provider) ? <Tag color="warning">{t('brokenRule')}</Tag> : null}
        </>
      ),
    },
    ...(mayManage
      ? [
          {
            key: 'acts',
            title: '',
            always: true,
            render: (provider: Provider) => (
              <Flex gap={4} justify="flex-end">
                <Button size="small" type="text" onClick={() => setDialog(provider)}>
                  {shared('edit')}
                </Button>
                <Button size="small" type="text" danger onClick={() => ask(provider)}>
                  {shared('remove')}
                </Button>
              </Flex>
            ),
          },
        ]
      : []),
  ];
  return (
    <div className="page">
      <PageHeader
        title={shared('pages.singleSignOn')}
        actions={add}
        api={{ method: 'GET', path: '/sign-in-providers/', query: view }}
      />
      <ResourceTable
        name="sign-in-providers"
        label={shared('pages.singleSignOn')}
        query={query}
        columns={columns}
        defaultOrder="-created"
        empty={
          <EmptyState title={t('empty')} action={add}>
            {t('emptyText')}
          </EmptyState>
        }
      />
      {dialog ? (
        <FormModal<ProviderValues>
          open
          width={640}
          title={dialog === 'new' ? t('new') : t('edit', { name: dialog.name })}
          submit={dialog === 'new' ? t('make') : shared('save')}
          initial={dialog === 'new' ? NEW : dialog}
          act={(values) =>
            dialog === 'new'
              ? http.post('/sign-in-providers/', values)
              : http.patch(`/sign-in-providers/${dialog.id}/`, changeOf(values), { etag: etagOf(dialog) })
          }
          done={dialog === 'new' ? t('made') : shared('saved')}
          changes={[PROVIDERS]}
          onClose={() => setDialog(null)}
        >
          <ProviderFields isNew={dialog === 'new'} />
        </FormModal>
      ) : null}
    </div>
  );
}
