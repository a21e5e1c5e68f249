import type { Item } from '../store/item-row';

interface InWork {
  readonly submissionId: number;
  readonly controller: AbortController;
}

/** The signals of all items in work: each has its own, so that one can be stopped, or all of a submission. */
export class Aborts {
  private readonly inWork = new Map<number, InWork>();

  /** Aborts when this item, its submission or everything is stopped. */
  begin({ id, submissionId }: Item): AbortSignal {
    const controller = new AbortController();
    this.inWork.set(id, { submissionId, controller });
    return controller.signal;
  }

  end(id: number): void {
    this.inWork.delete(id);
  }

  item(id: number): void {
    this.inWork.get(id)?.controller.abort(new Error('cancelled'));
  }

  submission(id: number): void {
    for (const { submissionId, controller } of this.inWork.values()) {
      if (submissionId === id) controller.abort(new Error('cancelled'));
    }
  }

  all(): void {
    for (const { controller } of this.inWork.values()) controller.abort(new Error('the engine stops'));
  }
}
