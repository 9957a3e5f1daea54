package io.uno.sample.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.zip.GZIPInputStream;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/**
 * A file of data, plain or compressed by gzip, which its first bytes tell.
 *
 * @param name what it is called in messages
 * @param resource its content
 */
record DataFile(String name, Resource resource) {

	private static final int GZIP_MAGIC = 0x1f8b;

	static DataFile builtIn(String name) {
		return new DataFile(name, new ClassPathResource("data/" + name));
	}

	/**
	 * Checks that a file can be read.
	 * @throws UnusableFileException if it cannot
	 */
	static DataFile of(Path path) {
		Path absolute = path.toAbsolutePath().normalize();
		if (!Files.exists(absolute)) {
			throw new UnusableFileException(absolute.toString(), "it does not exist");
		}
		if (!Files.isRegularFile(absolute) || !Files.isReadable(absolute)) {
			throw new UnusableFileException(absolute.toString(), "it is not a file that can be read");
		}
		return new DataFile(absolute.toString(), new FileSystemResource(absolute));
	}

	long size() throws IOException {
		return this.resource.contentLength();
	}

	/**
	 * Opens the file's text.
	 * @param counter counts the bytes taken from the file itself
	 */
	InputStream open(ByteCounter counter) throws IOException {
		InputStream bytes = new BufferedInputStream(counter.count(this.resource.getInputStream()), 1 << 16);
		try {
			return isCompressed(bytes) ? new GZIPInputStream(bytes, 1 << 16) : bytes;
		}
		catch (IOException ex) {
			bytes.close();
			throw ex;
		}
	}

	private static boolean isCompressed(InputStream bytes) throws IOException {
		bytes.mark(2);
		int magic = (bytes.read() << 8) | bytes.read();
		bytes.reset();
		return magic == GZIP_MAGIC;
	}

	void digest(MessageDigest digest) throws IOException {
		try (InputStream content = new DigestInputStream(this.resource.getInputStream(), digest)) {
			content.transferTo(java.io.OutputStream.nullOutputStream());
		}
	}

}
