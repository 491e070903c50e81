import { Component, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Icon } from './Icon';

/** A part of the page that did not come: the server is away, or has another page by now. */
export class NotLoaded extends Error {}

type Props = { at: string; caught?: () => void; children: ReactNode };

/** What stands in the place of a view that cannot be drawn, with a way to draw it again: the frame around it stays. Another address begins anew. */
export class Boundary extends Component<Props, { failed: Error | null; at: string }> {
  state = { failed: null as Error | null, at: this.props.at };

  static getDerivedStateFromError = (failed: unknown) => ({ failed: failed instanceof Error ? failed : new Error(String(failed)) });

  static getDerivedStateFromProps = ({ at }: { at: string }, state: { at: string }) => (at === state.at ? null : { at, failed: null });

  componentDidCatch() {
    this.props.caught?.();
  }

  render() {
    const { failed } = this.state;
    if (!failed) return this.props.children;
    const notice = (
      <div className="notice" role="alert">
        <Icon name="warn" />
        <div>
          <p className="strong">{failed instanceof NotLoaded ? 'This part of the page did not come.' : 'This page cannot be drawn.'}</p>
          <p className="soft">{failed instanceof NotLoaded ? 'The server cannot be reached, or has a newer page by now: then load this one anew.' : failed.message}</p>
        </div>
        <Button
          className="btn"
          onPress={() => {
            document.querySelector('main')?.focus();
            this.setState({ failed: null });
          }}
        >
          <Icon name="retry" />
          Try again
        </Button>
      </div>
    );
    // Where nothing stands around it, it is all there is of the page.
    return this.props.at === 'all' ? <main className="alone">{notice}</main> : notice;
  }
}
