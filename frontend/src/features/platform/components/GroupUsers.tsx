import { http } from '@shared/api/http';
import { isProblem } from '@shared/api/problem';
import { useAct } from '@shared/api/useAct';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { Button, Flex, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Group } from '../api';

const CHANGES = [['groups'], ['members']] as const;

export function GroupUsers({ group, mayManage }: { group: Group; mayManage: boolean }) {
  const { t } = useTranslation('platform');
  const { t: shared } = useTranslation();
  const [form] = Form.useForm<{ email: string }>();
  const [problem, setProblem] = useState<unknown>(null);
  const add = useAct<{ email: string }>({
    act: (given) => http.post(`/groups/${group.id}/users/`, given),
    done: t('groups.added'),
    changes: CHANGES,
    onDone: () => form.resetFields(),
    onProblem: (error) => {
      const wrong = isProblem(error) ? error.fields.find(({ pointer }) => pointer === '/email') : undefined;
      if (wrong) form.setFields([{ name: 'email', errors: [wrong.detail] }]);
      else setProblem(error);
    },
  });
  const remove = useAct<string>({
    act: (userId) => http.delete(`/groups/${group.id}/users/${userId}/`),
    done: t('groups.takenOut'),
    changes: CHANGES,
  });
  return (
    <Flex vertical gap={8} style={{ maxWidth: 560 }}>
      {group.users.length === 0 ? <span className="muted">{t('groups.nobody')}</span> : null}
      <ul className="plain-list">
        {group.users.map((user) => (
          <li key={user.id}>
            <span>
              {user.name} <span className="muted">{user.email}</span>
            </span>
            {mayManage ? (
              <Button
                size="small"
                type="text"
                aria-label={t('groups.takeOut', { name: user.name })}
                onClick={() => remove.mutate(user.id)}
              >
                {shared('remove')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {problem ? <ErrorPanel brief error={problem} /> : null}
      {mayManage ? (
        <Form<{ email: string }>
          form={form}
          layout="inline"
          onFinish={(given) => {
            setProblem(null);
            add.mutate(given);
          }}
        >
          <Form.Item name="email" rules={[{ required: true, type: 'email' }]}>
            <Input type="email" autoComplete="off" aria-label={t('users.email')} placeholder={t('users.email')} />
          </Form.Item>
          <Button htmlType="submit" loading={add.isPending}>
            {t('groups.add')}
          </Button>
        </Form>
      ) : null}
    </Flex>
  );
}
