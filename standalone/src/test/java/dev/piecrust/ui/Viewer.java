package dev.piecrust.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** Somebody who looks at pages, and notes what the browser complains of and whom it asks. */
final class Viewer implements AutoCloseable {
  /** Two cores are shared by a browser, a server and a campaign. */
  private static final int PATIENCE_MS = 60_000;

  private static final String STREAM = "/api/v1/stream";

  /** All is loaded, every chart is drawn or has nothing to show, and nothing moves. */
  private static final String SETTLED =
      """
      () => document.readyState === 'complete'
        && !document.querySelector('[data-chart]:not([data-drawn], [data-failed], [hidden])')
        && !document.querySelector('[aria-busy]')
        && document.getAnimations().every(a => a.playState !== 'running')
      """;

  private final BrowserContext context;
  private final Page page;
  private final String pages;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final Set<Request> unanswered = new HashSet<>();

  Viewer(BrowserContext context, String pages) {
    this.context = context;
    this.pages = pages;
    this.page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text() + " (" + message.location() + ")");
          }
        });
    page.onPageError(complaints::add);
    page.onDialog(
        dialog -> {
          complaints.add("a dialog opened: " + dialog.message());
          dialog.dismiss();
        });
    // What a page asked that was left is of no account, whether or not it was answered.
    page.onFrameNavigated(frame -> unanswered.clear());
    context.onRequestFinished(unanswered::remove);
    context.onRequestFailed(unanswered::remove);
    context.onRequest(
        request -> {
          if (!request.url().endsWith(STREAM)) {
            unanswered.add(request);
          }
          URI asked = URI.create(request.url());
          if (asked.getScheme().startsWith("http") && !request.url().startsWith(pages)) {
            complaints.add("asked another host: " + request.url());
          }
        });
  }

  /** Enters by the address that the program printed. */
  Viewer entersBy(String address) {
    page.navigate(address);
    return this;
  }

  /** Enters with a token that was handed out. */
  Viewer entersWith(String token) {
    open("/campaigns");
    forget();
    page.getByLabel("Access token").fill(token);
    page.getByText("Enter", new Page.GetByTextOptions().setExact(true)).click();
    page.locator("h1:has-text('Campaigns')").waitFor();
    return this;
  }

  Response open(String path) {
    return page.navigate(pages + path);
  }

  Page page() {
    return page;
  }

  /** Waits until something is to be seen. */
  void sees(String selector, String text) {
    Locator seen = page.locator(selector);
    try {
      seen.filter(new Locator.FilterOptions().setHasText(text)).first().waitFor();
    } catch (TimeoutError e) {
      throw new AssertionError(
          "%s: no %s says \"%s\", but %s; complaints: %s"
              .formatted(page.url(), selector, text, seen.allTextContents(), complaints),
          e);
    }
  }

  /** Waits until the state of the campaign that is open is one of these words. */
  void seesState(String words) {
    sees("#live .title .chip", words);
  }

  /** Waits until a control holds this. */
  void holds(String selector, Pattern value) {
    PlaywrightAssertions.assertThat(page.locator(selector))
        .hasValue(value, new LocatorAssertions.HasValueOptions().setTimeout(PATIENCE_MS));
  }

  /** Waits until a control can be used, and uses it. */
  void clickOnceEnabled(String selector) {
    PlaywrightAssertions.assertThat(page.locator(selector))
        .isEnabled(new LocatorAssertions.IsEnabledOptions().setTimeout(PATIENCE_MS));
    click(selector);
  }

  /** Waits until the page that is open is as it stays. */
  void settles() {
    page.waitForFunction(SETTLED);
    page.waitForCondition(unanswered::isEmpty);
    page.waitForFunction(SETTLED);
  }

  /** Whether something is there. */
  boolean has(String selector) {
    return page.locator(selector).count() > 0;
  }

  void click(String selector) {
    page.locator(selector).first().click();
  }

  /** Forgets complaints that were expected, such as the failed request for a page without a key. */
  void forget() {
    complaints.clear();
  }

  /** What the browser complained of so far. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Nothing broke, nothing was blocked, and no other host was asked. */
  void hasNoComplaint() {
    assertThat(complaints).as(page.url()).isEmpty();
  }

  @Override
  public void close() {
    context.close();
  }

  /** How long something takes, in milliseconds. */
  static long millis(Runnable work) {
    long before = System.nanoTime();
    work.run();
    return (System.nanoTime() - before) / 1_000_000;
  }
}
