import {
  AlignLeftOutlined,
  BugOutlined,
  ClockCircleOutlined,
  CloseOutlined,
  DownloadOutlined,
  DownOutlined,
  FullscreenExitOutlined,
  FullscreenOutlined,
  UpOutlined,
} from '@ant-design/icons';
import { Button, Input, type InputRef, Select, Tooltip } from 'antd';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogSearch } from '../search';
import styles from './LogViewer.module.css';

interface Props {
  search: LogSearch;
  attempts: readonly number[];
  attempt: number;
  found: { count: number; at: number | null; invalid: boolean; more: boolean };
  findRef: Ref<InputRef>;
  wrap: boolean;
  times: boolean;
  full: boolean;
  download: string;
  searching: boolean;
  onSearch: (change: Partial<LogSearch>) => void;
  onStep: (direction: 1 | -1) => void;
  onFirstError: () => void;
  onWhole: () => void;
  onWrap: () => void;
  onTimes: () => void;
  onFull: () => void;
}

const LEVELS = ['debug', 'info', 'warning', 'error'] as const;

export function LogTools(props: Props) {
  const { t } = useTranslation('logs');
  const { search, found, onSearch, onStep } = props;
  return (
    <div className={styles.tools} role="toolbar" aria-label={t('tools')}>
      {props.attempts.length > 1 && (
        <Select
          aria-label={t('attempt')}
          value={props.attempt}
          onChange={(attempt) => onSearch({ attempt, rank: undefined, line: undefined })}
          options={props.attempts.map((value) => ({ value, label: t('attemptNumber', { number: value }) }))}
          style={{ minWidth: 128 }}
        />
      )}
      <Input
        ref={props.findRef}
        aria-label={t('find')}
        placeholder={t('findHint')}
        value={search.find ?? ''}
        status={found.invalid ? 'error' : ''}
        onChange={(event) => onSearch({ find: event.target.value || undefined })}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1);
          else if (event.key === 'Escape') onSearch({ find: undefined });
        }}
        style={{ width: 240 }}
        suffix={
          <Tooltip title={t('regex')}>
            <Button
              size="small"
              type={search.regex ? 'primary' : 'text'}
              aria-label={t('regex')}
              aria-pressed={Boolean(search.regex)}
              onClick={() => onSearch({ regex: search.regex ? undefined : true })}
              className="mono"
            >
              {'.*'}
            </Button>
          </Tooltip>
        }
      />
      {search.find && (
        <>
          <span className={styles.count} role="status">
            {found.invalid
              ? t('badRegex')
              : t('foundOf', { at: found.at === null ? '–' : found.at + 1, count: found.count })}
          </span>
          <Icon label={t('previous')} icon={<UpOutlined />} onClick={() => onStep(-1)} />
          <Icon label={t('next')} icon={<DownOutlined />} onClick={() => onStep(1)} />
          {found.more && (
            <Button size="small" loading={props.searching} onClick={props.onWhole}>
              {t('searchAll')}
            </Button>
          )}
          <Icon label={t('clear')} icon={<CloseOutlined />} onClick={() => onSearch({ find: undefined })} />
        </>
      )}
      <Select
        aria-label={t('level')}
        value={search.level ?? 'debug'}
        onChange={(level) => onSearch({ level: level === 'debug' ? undefined : level })}
        options={LEVELS.map((value) => ({ value, label: t(`levels.${value}`) }))}
        style={{ minWidth: 148 }}
      />
      <Button icon={<BugOutlined />} onClick={props.onFirstError}>
        {t('firstError')}
      </Button>
      <span className={styles.spring} />
      <Icon label={t('times')} pressed={props.times} icon={<ClockCircleOutlined />} onClick={props.onTimes} />
      <Icon label={t('wrap')} pressed={props.wrap} icon={<AlignLeftOutlined />} onClick={props.onWrap} />
      <Tooltip title={t('download')}>
        <Button href={props.download} download icon={<DownloadOutlined />} aria-label={t('download')} />
      </Tooltip>
      <Icon
        label={props.full ? t('leaveFull') : t('full')}
        pressed={props.full}
        icon={props.full ? <FullscreenExitOutlined /> : <FullscreenOutlined />}
        onClick={props.onFull}
      />
    </div>
  );
}

function Icon({
  label,
  icon,
  pressed,
  onClick,
}: {
  label: string;
  icon: ReactNode;
  pressed?: boolean;
  onClick: () => void;
}) {
  return (
    <Tooltip title={label}>
      <Button
        icon={icon}
        aria-label={label}
        {...(pressed === undefined
          ? {}
          : { 'aria-pressed': pressed, type: pressed ? 'primary' : 'default', ghost: pressed })}
        onClick={onClick}
      />
    </Tooltip>
  );
}
