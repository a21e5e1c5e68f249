import { assertNever } from '../../base/assert-never';
import { systemClock } from '../../base/clock';
import { DropgateError } from '../../base/errors';
import { ItemExtras } from '../../store/item-extras';
import type { Item } from '../../store/item-row';
import { ItemSearch } from '../../store/item-search';
import { OverviewFigures } from '../../store/overview-figures';
import type { ReadingTables } from '../../store/reading';
import { SubmissionList } from '../../store/submission-list';
import { exportDocument } from './export-document';
import { itemPage } from './item-page';
import { itemRow } from './item-rows';
import { overviewOf } from './overview';
import type { ReadingCall, ReadingCalls, ReadingQuestion } from './protocol';

/** Answers of the reading thread, from a connection of its own. */
export class Answers {
  private readonly tables: ReadingTables;
  private readonly search: ItemSearch;
  private readonly extras: ItemExtras;
  private readonly submissions: SubmissionList;
  private readonly figures: OverviewFigures;

  constructor(tables: ReadingTables) {
    this.tables = tables;
    this.search = new ItemSearch(tables.db, systemClock);
    this.extras = new ItemExtras(tables.db);
    this.submissions = new SubmissionList(tables.db, systemClock);
    this.figures = new OverviewFigures(tables.db);
  }

  async to(question: ReadingQuestion): Promise<ReadingCalls[ReadingCall]['result']> {
    switch (question.call) {
      case 'items':
        return this.items(question.request);
      case 'ids': {
        const { query, limit } = question.request;
        return this.search.find(query, 0, limit).ids.map(String);
      }
      case 'page':
        return itemPage(this.tables, this.rootOf(question.request.id), question.request.language);
      case 'submissions':
        return this.submissionRows(question.request);
      case 'overview':
        return overviewOf(this.figures, question.request.hours, question.request.now);
      case 'export': {
        const { ids, ...options } = question.request;
        return exportDocument(
          this.tables,
          ids.map((id) => this.rootOf(id)),
          options,
        );
      }
      default:
        return assertNever(question);
    }
  }

  private items({ query, offset, limit }: ReadingCalls['items']['request']): ReadingCalls['items']['result'] {
    const { ids, total } = this.search.find(query, offset, limit);
    const rows = ids.flatMap((id) => {
      const item = this.tables.items.find(id); // gone meanwhile: the next revision says so
      return item === null ? [] : [itemRow(this.tables, this.extras, item)];
    });
    return { rows, total };
  }

  private submissionRows(request: ReadingCalls['submissions']['request']): ReadingCalls['submissions']['result'] {
    const { rows, total } = this.submissions.page(request);
    return {
      rows: rows.map(({ id, guid, origin, profile, received_at, sealed }) => {
        const receivedAt = new Date(received_at).toISOString();
        return { row: id, guid, origin, profile, receivedAt, sealed: sealed === 1, ...this.submissions.figures(id) };
      }),
      total,
    };
  }

  /** A member of an archive is shown with its root. */
  private rootOf(id: number): Item {
    const item = this.tables.items.find(id);
    if (item === null) throw new DropgateError('NOT_FOUND', `there is no item ${id}; it may have been pruned`);
    return item.rootId === null ? item : this.tables.items.get(item.rootId);
  }
}
