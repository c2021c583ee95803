/** An act of the user: sends it once, says how it went, and lets what it changed be read again. */
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { createElement } from 'react';

interface Options<Input, Answer> {
  act: (input: Input) => Promise<Answer>;
  /** What to say when it is done. */
  done?: string | ((answer: Answer, input: Input) => string);
  /** What may have changed. */
  changes?: readonly QueryKey[];
  onDone?: (answer: Answer, input: Input) => void;
  /** Shows the error where it belongs (a form, a dialog); else a notice does. */
  onProblem?: (error: Error) => void;
}

export function useAct<Input = void, Answer = unknown>(options: Options<Input, Answer>) {
  const cache = useQueryClient();
  const { message, notification } = App.useApp();
  return useMutation<Answer, Error, Input>({
    mutationFn: options.act,
    onSuccess: async (answer, input) => {
      const words = typeof options.done === 'function' ? options.done(answer, input) : options.done;
      if (words) void message.success(words);
      options.onDone?.(answer, input);
      await Promise.all((options.changes ?? []).map((queryKey) => cache.invalidateQueries({ queryKey })));
    },
    onError: (error) => {
      if (options.onProblem) options.onProblem(error);
      else notification.open({ title: null, description: createElement(ErrorPanel, { error }), duration: 0 });
    },
  });
}
