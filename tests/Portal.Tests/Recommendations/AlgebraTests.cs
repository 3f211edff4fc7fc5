using FlickStream.Portal.Recommendations.Algebra;

namespace FlickStream.Portal.Tests.Recommendations;

public sealed class AlgebraTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(192)]
    [InlineData(500)]
    public void A_matrix_times_its_inverse_is_one(int size)
    {
        var (matrix, inverse) = (PositiveDefinite(size), PositiveDefinite(size));
        inverse.Invert(null);
        var worst = 0.0;
        DenseProduct.Rows(matrix, inverse, null, (row, product) =>
        {
            for (var column = 0; column < size && row < size; column++)
                Worsen(ref worst, Math.Abs(product[column] - (row == column ? 1 : 0)));
        });
        Assert.InRange(worst, 0, 1e-9);
    }

    [Fact]
    public void OpenBlas_and_CSharp_agree()
    {
        if (OpenBlas.Installed is not { } blas) Assert.Skip("libopenblas0 is not installed.");
        else
        {
            var (ours, theirs) = (PositiveDefinite(700), PositiveDefinite(700));
            ours.Invert(null);
            theirs.Invert(blas);
            var greatest = ours.Values.Max(Math.Abs);
            Assert.All(ours.Values.Zip(theirs.Values), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-9 * greatest));
            var rows = new double[700, 700];
            DenseProduct.Rows(theirs, ours, blas, (row, product) =>
            {
                for (var column = 0; column < 700 && row < 700; column++) rows[row, column] = product[column];
            });
            DenseProduct.Rows(theirs, ours, null, (row, product) =>
            {
                for (var column = 0; column < 700 && row < 700; column++) Assert.Equal(rows[row, column], product[column], 1e-9 * greatest);
            });
        }
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_refused()
    {
        var matrix = PositiveDefinite(10);
        matrix.Row(4)[4] = -1;
        Assert.Throws<ArithmeticException>(() => matrix.Invert(null));
    }

    [Fact]
    public void The_greatest_come_first_and_of_equals_the_lower_index()
    {
        var random = new Random(3);
        var scores = Enumerable.Range(0, 1000).Select(_ => (float)random.Next(200)).ToArray();
        scores[7] = float.NegativeInfinity;
        var expected = Enumerable.Range(0, 1000).OrderByDescending(at => scores[at]).ThenBy(at => at).ToArray();
        foreach (var most in new[] { 1, 10, 100, 999 })
            Assert.Equal(expected[..most], Selection.Top(scores, most, new float[1000]));
        Assert.Equal(expected[..999], Selection.Top(scores, 2000, new float[1000]));
    }

    private static SymmetricMatrix PositiveDefinite(int size)
    {
        var (matrix, random) = (new SymmetricMatrix(size), new Random(1));
        for (var row = 0; row < size; row++)
            for (var column = 0; column <= row; column++)
                matrix.Row(column)[row] = matrix.Row(row)[column] = row == column ? size + random.NextDouble() : random.NextDouble();
        return matrix;
    }

    private static void Worsen(ref double worst, double by)
    {
        for (var known = worst; by > known || double.IsNaN(by);)
        {
            var seen = Interlocked.CompareExchange(ref worst, by, known);
            if (seen == known) return;
            known = seen;
        }
    }
}
