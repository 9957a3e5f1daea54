package io.uno.plain;

import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;

@DataJpaTest(properties = PlainApplication.FLYWAY)
class LibraryOnH2Tests extends AbstractLibraryTests {

}
