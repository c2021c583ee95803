import { MoreOutlined } from '@ant-design/icons';
import { INBOX } from '@shared/api/notifications';
import { useAct } from '@shared/api/useAct';
import { StatusIcon } from '@shared/components/StatusTag';
import { RelativeTime } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { Link } from '@tanstack/react-router';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { markRead, mute, type Notification, said } from '../api';

const STATUS: Record<Notification['severity'], string> = {
  success: 'succeeded',
  info: 'admitted',
  warning: 'preempted',
  error: 'failed',
};

interface Props {
  notifications: readonly Notification[];
  /** Called when one is opened. */
  onOpen?: () => void;
}

/** Notifications, the newest first; opening one leads to what it speaks of, and marks it as read. */
export function Rows({ notifications, onOpen }: Props) {
  const { t, i18n } = useTranslation('notifications');
  const key = useKey();
  const read = useAct<string>({ act: markRead, changes: [INBOX] });
  const silence = useAct<{ id: string; what: 'object' | 'project' }>({
    act: ({ id, what }) => mute(id, what),
    done: t('muted'),
    changes: [INBOX],
  });
  return (
    <ul className="notifications">
      {notifications.map((one) => {
        const words = said(one, i18n.language);
        return (
          <li key={one.id} className={one.read_at ? '' : 'unread'}>
            <StatusIcon status={STATUS[one.severity]} />
            <div>
              <span className="visually-hidden">
                {one.read_at ? '' : `${t('unread')}: `}
                {key(`notifications:severity.${one.severity}`)}:{' '}
              </span>
              <Link
                to={one.path as string}
                onClick={() => {
                  if (!one.read_at) read.mutate(one.id);
                  onOpen?.();
                }}
              >
                {words.title}
              </Link>
              {words.text ? <div className="muted">{words.text}</div> : null}
            </div>
            <span className="muted">
              <RelativeTime at={one.last_at} />
            </span>
            <Dropdown
              trigger={['click']}
              menu={{
                items: [
                  ...(one.read_at ? [] : [{ key: 'read', label: t('read') }]),
                  { key: 'object', label: t('muteObject') },
                  ...(one.project_id ? [{ key: 'project', label: t('muteProject') }] : []),
                ],
                onClick: ({ key: what }) =>
                  what === 'read'
                    ? read.mutate(one.id)
                    : silence.mutate({ id: one.id, what: what as 'object' | 'project' }),
              }}
            >
              <Button
                type="text"
                size="small"
                icon={<MoreOutlined />}
                aria-label={t('actsOn', { title: words.title })}
              />
            </Dropdown>
          </li>
        );
      })}
    </ul>
  );
}
