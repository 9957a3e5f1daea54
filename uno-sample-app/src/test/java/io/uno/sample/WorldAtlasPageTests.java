package io.uno.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.GetByRoleOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import io.uno.embedded.autoconfigure.EmbeddedPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of World Atlas with all of its data, in a real browser.
 */
@Tag("browser")
@ExtendWith(ChromiumExtension.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@EmbeddedPostgres
class WorldAtlasPageTests {

	private static final Pattern ANSWERED_BY_REPLICA = pattern(
			"atlas\\.east\\s+" + "it only reads, and (it is this replica's turn\\s+replica-in-turn|"
					+ "this replica has what the caller has written\\s+replica-caught-up)\\s+lag (unknown|\\d+ ms)");

	private final String address;

	private final List<String> complaints = new ArrayList<>();

	WorldAtlasPageTests(@LocalServerPort int port) {
		this.address = "http://127.0.0.1:" + port + "/";
	}

	@BeforeEach
	void listen(Page page) {
		page.onPageError(this.complaints::add);
		page.onConsoleMessage((message) -> this.complaints.add(message.text()));
	}

	@Test
	void citiesAreFoundAndEachAnswerNamesItsNode(Page page) {
		page.navigate(this.address);
		assertThat(page.locator("#statistics")).containsText("135,233");
		assertThat(page.locator("#statistics .answer")).containsText(ANSWERED_BY_REPLICA);
		assertThat(cities(page)).hasCount(20);
		assertThat(cities(page).first()).containsText(pattern("Shanghai.*China.*22,315,474"));
		assertThat(page.locator(".page .answer")).containsText(ANSWERED_BY_REPLICA);
		page.getByLabel("Name begins with").fill("zuri");
		page.getByLabel("Country").selectOption("Switzerland");
		page.getByLabel("Inhabitants, at least").fill("100000");
		assertThat(cities(page)).hasText(new Pattern[] { pattern("Zürich.*Zurich, Switzerland.*341,730") });
		assertThat(page).hasURL(pattern("\\?name=zuri&country=CH&minPopulation=100000$"));
		page.getByLabel("Name begins with").fill("zurich%");
		assertThat(page.locator("#status")).containsText("There is no such city.");
		assertThat(page.locator("#status .answer")).containsText(ANSWERED_BY_REPLICA);
		assertThat(this.complaints).isEmpty();
	}

	@Test
	void addressOfASearchOpensIt(Page page) {
		page.navigate(this.address + "?name=bern&country=CH");
		assertThat(page.getByLabel("Name begins with")).hasValue("bern");
		assertThat(page.getByLabel("Country")).hasValue("CH");
		assertThat(cities(page).first()).containsText(pattern("Bern.*capital.*Switzerland"));
	}

	@Test
	void moreCitiesFollow(Page page) {
		page.navigate(this.address + "?country=LI");
		assertThat(cities(page)).hasCount(11);
		assertThat(more(page)).isHidden();
		page.navigate(this.address + "?country=CH");
		assertThat(cities(page)).hasCount(20);
		more(page).click();
		assertThat(cities(page)).hasCount(40);
		assertThat(page.locator(".page .answer"))
			.hasText(new Pattern[] { pattern("^\\s*1 to 20, read by"), pattern("^\\s*21 to 40, read by") });
		assertThat(page.locator(".page .answer").last()).containsText(ANSWERED_BY_REPLICA);
		assertThat(cities(page).locator(".name").allTextContents()).doesNotHaveDuplicates();
	}

	@Test
	void newNameIsWrittenByThePrimaryAndThenReadByAReplica(Page page) {
		page.navigate(this.address + "?name=luzern");
		button(page, "Rename Luzern").focus();
		page.keyboard().press("Enter");
		assertThat(page.getByLabel("New name")).isFocused();
		page.keyboard().type("Lucerne");
		page.keyboard().press("Enter");
		assertThat(trail(page)).containsText(pattern("Written by\\s+atlas\\.main\\s+it may write\\s+write\\s+"
				+ "lag 0 ms\\s+Then read by\\s+" + ANSWERED_BY_REPLICA.pattern()));
		assertThat(cities(page).first()).containsText(pattern("^\\s*Lucerne\\s"));
		assertThat(button(page, "Rename Lucerne")).isFocused();
		page.getByLabel("Name begins with").fill("lucerne");
		assertThat(cities(page).first()).containsText("Lucerne, Switzerland");
		assertThat(this.complaints).isEmpty();
	}

	@Test
	void renamingCanBeGivenUp(Page page) {
		page.navigate(this.address + "?name=lausanne");
		button(page, "Rename Lausanne").click();
		page.getByLabel("New name").fill("Losanna");
		page.keyboard().press("Escape");
		assertThat(page.getByLabel("New name")).hasCount(0);
		assertThat(button(page, "Rename Lausanne")).isFocused();
		assertThat(cities(page).first()).containsText("Lausanne");
	}

	@Test
	void refusalsAreToldInWords(Page page) {
		page.navigate(this.address + "?name=basel&country=CH");
		button(page, "Rename Basel").click();
		page.getByLabel("New name").fill(" ");
		button(page, "Save").click();
		assertThat(trail(page)).hasText("Name must not be blank");
		assertThat(page.getByLabel("New name")).hasValue(" ");
		page.getByLabel("Inhabitants, at least").fill("many");
		assertThat(problem(page)).hasText("Inhabitants must be a whole number");
		assertThat(cities(page)).hasCount(0);
		page.navigate(this.address + "?country=ch");
		assertThat(problem(page)).hasText("Country must be two capital letters, such as CH");
	}

	@Test
	void changeOfSomebodyElseIsToldAndCanBeChangedOnceMore(Page page) {
		page.navigate(this.address + "?name=winterthur&minPopulation=50000");
		button(page, "Rename Winterthur").click();
		page.request().put(this.address + "api/cities/2657970", RequestOptions.create().setData("""
				{"name": "Vitudurum", "feature": "PPL", "population": 91908, "latitude": 47.50564,
					"longitude": 8.72413, "version": 0}
				""").setHeader("Content-Type", "application/json"));
		page.getByLabel("New name").fill("Winti");
		button(page, "Save").click();
		assertThat(trail(page)).containsText(pattern("City 2657970 has version 1 by now, not 0; read it again"
				+ "\\s+Refused by\\s+atlas\\.main.*Then read by\\s+atlas\\.east"));
		assertThat(cities(page).first()).containsText("Vitudurum");
		button(page, "Save").click();
		assertThat(cities(page).first()).containsText("Winti");
	}

	@Test
	void nameIsNeverTakenForMarkup(Page page) {
		page.navigate(this.address + "?name=lugano");
		button(page, "Rename Lugano").click();
		page.getByLabel("New name").fill("<img src=x onerror=alert(1)><b>Lugano</b>");
		button(page, "Save").click();
		assertThat(cities(page).first().locator(".name")).hasText("<img src=x onerror=alert(1)><b>Lugano</b>");
		assertThat(cities(page).first().locator("img, b")).hasCount(0);
		assertThat(this.complaints).isEmpty();
	}

	@Test
	void nodesOfBothDatabasesAreShown(Page page) {
		page.navigate(this.address);
		assertThat(page.locator("#nodes tr")).hasText(new Pattern[] { pattern("atlas\\.main.*reachable.*primary.*0 ms"),
				pattern("atlas\\.east.*reachable.*replica.*(unknown|\\d+ ms)"),
				pattern("journal\\.main.*reachable.*primary.*0 ms") });
	}

	@Test
	void serverThatIsAwayIsToldInWords(Page page) {
		page.navigate(this.address);
		assertThat(cities(page)).hasCount(20);
		assertThat(page.locator("#nodes tr")).hasCount(3);
		page.context().setOffline(true);
		page.getByLabel("Name begins with").fill("bern");
		String away = "World Atlas cannot be reached at %s; is it still running?"
			.formatted(this.address.replaceAll("/$", ""));
		assertThat(problem(page)).hasText(away);
		assertThat(page.locator("#nodes-problem")).hasText("Not known at present: " + away);
		page.context().setOffline(false);
		button(page, "Search").click();
		assertThat(cities(page).first()).containsText("Bern");
		assertThat(problem(page)).hasCount(0);
		assertThat(page.locator("#nodes-problem")).isHidden();
	}

	@Test
	void pageFitsNarrowScreensAndFollowsTheColorScheme(Page page) {
		page.setViewportSize(320, 640);
		page.navigate(this.address);
		assertThat(cities(page)).hasCount(20);
		assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(320);
		String light = background(page);
		page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
		assertThat(background(page)).isNotEqualTo(light);
	}

	/**
	 * A pattern for texts that are spread over lines, as those of a row are.
	 */
	private static Pattern pattern(String regex) {
		return Pattern.compile(regex, Pattern.DOTALL);
	}

	private static String background(Page page) {
		return (String) page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
	}

	private static Locator cities(Page page) {
		return page.locator("#rows tr.city");
	}

	private static Locator trail(Page page) {
		return page.locator("#rows tr.trail");
	}

	private static Locator problem(Page page) {
		return page.locator("#problem .problem");
	}

	private static Locator more(Page page) {
		return page.locator("#more");
	}

	private static Locator button(Page page, String name) {
		return page.locator("body").getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
	}

}
