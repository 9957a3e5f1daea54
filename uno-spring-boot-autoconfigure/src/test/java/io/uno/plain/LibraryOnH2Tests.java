package io.uno.plain;

class LibraryOnH2Tests extends AbstractLibraryTests {

}
