/** Stylesheets that did not come. Who loads a view for the second time takes the dead link for its stylesheet. */
const dead = new Set<HTMLLinkElement>();

addEventListener('error', ({ target }) => target instanceof HTMLLinkElement && target.rel === 'stylesheet' && dead.add(target), true);

/** Asks for the stylesheets anew that did not come before; fails where one does not come again. */
export async function stylesAnew() {
  await Promise.all(
    [...dead].map((link) => {
      dead.delete(link);
      const again = link.cloneNode() as HTMLLinkElement;
      const came = new Promise((come, fail) => {
        again.addEventListener('load', come);
        again.addEventListener('error', () => fail(new Error(`${again.href} did not come`)));
      });
      link.replaceWith(again);
      return came;
    }),
  );
}
