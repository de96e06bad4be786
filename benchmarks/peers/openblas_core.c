/* The processor that OpenBLAS takes this one for. */
#include <stdio.h>
char *openblas_get_corename(void);

int main(void)
{
    puts(openblas_get_corename());
    return 0;
}
