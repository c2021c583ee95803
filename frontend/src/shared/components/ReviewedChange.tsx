import type { Preview } from '@shared/api/tenants';
import { useAct } from '@shared/api/useAct';
import { type QueryKey, useMutation } from '@tanstack/react-query';
import { Flex, Modal } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Casualties } from './Casualties';
import { ErrorPanel } from './ErrorPanel';

interface Props<Answer> {
  title: string;
  action: string;
  /** Ask the server whom it would hit (?dry_run=true), from a cursor on. */
  preview: (cursor?: string) => Promise<Preview>;
  /** Do it; `confirm` when somebody is hit and that is meant. */
  apply: (confirm: boolean) => Promise<Answer>;
  done: string;
  danger?: boolean;
  changes: readonly QueryKey[];
  onClose: () => void;
  onDone?: (answer: Answer) => void;
  /** What the server refused: fields take theirs, and the rest comes back. */
  onRefused?: (error: Error) => void;
}

/** A change that may hit running work: it is tried first, whom it would hit is shown, then it is done. */
export function ReviewedChange<Answer>(props: Props<Answer>) {
  const { t } = useTranslation();
  const preview = useMutation({ mutationFn: () => props.preview(), onError: (error) => props.onRefused?.(error) });
  const { mutate } = preview;
  useEffect(() => mutate(), [mutate]);
  const hits = preview.data?.count ?? 0;
  const apply = useAct<void, Answer>({
    act: () => props.apply(hits > 0),
    done: props.done,
    changes: props.changes,
    onDone: (answer) => {
      props.onClose();
      props.onDone?.(answer);
    },
    onProblem: (error) => props.onRefused?.(error),
  });
  return (
    <Modal
      open
      title={props.title}
      okText={hits > 0 ? t('review.despite', { action: props.action }) : props.action}
      okButtonProps={{ danger: hits > 0 || Boolean(props.danger), disabled: !preview.data, loading: apply.isPending }}
      onOk={() => apply.mutate()}
      onCancel={props.onClose}
    >
      <Flex vertical gap={12}>
        <Casualties preview={preview} more={props.preview} />
        {hits > 0 ? <span className="muted">{t('review.noKill')}</span> : null}
        {apply.error ? <ErrorPanel error={apply.error} /> : null}
      </Flex>
    </Modal>
  );
}
