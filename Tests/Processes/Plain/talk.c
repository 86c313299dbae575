/* An old program: it knows socket, connect, send and recv, and no newline. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

int main(int argc, char **argv)
{
	struct sockaddr_in server = { .sin_family = AF_INET, .sin_port = htons(atoi(argv[1])) };
	char heard[4096];
	int said = 2, s = socket(AF_INET, SOCK_STREAM, 0);
	ssize_t n;

	server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (connect(s, (struct sockaddr *)&server, sizeof server) != 0)
		return 1;
	send(s, argv[said], strlen(argv[said]), 0);
	while ((n = recv(s, heard, sizeof heard, 0)) > 0) {	/* an answer to everything it hears, while it has one */
		fwrite(heard, 1, n, stdout);
		fflush(stdout);
		if (++said == argc)
			return 0;
		send(s, argv[said], strlen(argv[said]), 0);
	}
	return 2;
}
