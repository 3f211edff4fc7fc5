using System.Numerics.Tensors;
using FlickStream.Portal.Recommendations.Algebra;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Stages;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Tests.Recommendations;

public sealed class AlgebraTests
{
    // Of what a float can tell apart, 2⁻²⁴, a hundred and more.
    private const double Single = 1e-5;

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(192)]
    [InlineData(500)]
    public void A_matrix_times_its_inverse_is_one(int size)
    {
        var (matrix, inverse) = (PositiveDefinite(size), PositiveDefinite(size));
        inverse.Invert(null);
        for (var row = 0; row < size; row++)
            for (var column = 0; column < size; column++)
                Assert.Equal(row == column ? 1 : 0, TensorPrimitives.Dot<double>(matrix.Row(row)[..size], inverse.Row(column)[..size]), 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(192)]
    [InlineData(500)]
    public void Rows_that_were_divided_by_a_matrix_are_what_they_were_when_multiplied_by_it(int size)
    {
        var (matrix, random, left) = (PositiveDefinite(size), new Random(2), new SymmetricMatrix(size));
        foreach (ref var cell in left.Values.AsSpan()) cell = random.NextDouble() - 0.5;
        var given = left.Values.ToArray();
        var divided = Divided(PositiveDefinite(size), left, null);
        for (var row = 0; row < size; row++)
            for (var column = 0; column < size; column++)
                Assert.Equal(given[(row * left.Stride) + column], TensorPrimitives.Dot<double>(divided[row].AsSpan(0, size), matrix.Row(column)[..size]), 1e-9);
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
            Assert.All(ours.Values.Zip(theirs.Values), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, Single * greatest));
            var (here, there) = (Divided(PositiveDefinite(700), ours, null), Divided(PositiveDefinite(700), theirs, blas));
            Assert.All(here.Zip(there).Take(700), rows => Assert.InRange(
                TensorPrimitives.Distance<double>(rows.First.AsSpan(0, 700), rows.Second.AsSpan(0, 700)), 0, Single * TensorPrimitives.Norm<double>(rows.First.AsSpan(0, 700))));
        }
    }

    [Fact]
    public void Where_single_precision_is_not_enough_for_OpenBlas_CSharp_inverts()
    {
        if (OpenBlas.Installed is not { } blas) Assert.Skip("libopenblas0 is not installed.");
        else
        {
            Assert.Equal([500, -500, -500, 500], Nearly().Select(cell => Math.Round(cell / 1e6)));
            Assert.Throws<ArithmeticException>(() => Indefinite().Invert(blas));
            Assert.Throws<ArithmeticException>(() => Divided(Indefinite(), PositiveDefinite(10), blas));

            // Its determinant is 2e-9, which single precision takes for none.
            IEnumerable<double> Nearly()
            {
                var matrix = new SymmetricMatrix(2);
                (matrix.Row(0)[0], matrix.Row(1)[0], matrix.Row(1)[1]) = (1, 1 - 1e-9, 1);
                matrix.Invert(blas);
                return [matrix.Row(0)[0], matrix.Row(0)[1], matrix.Row(1)[0], matrix.Row(1)[1]];
            }
        }
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_refused()
    {
        Assert.Throws<ArithmeticException>(() => Indefinite().Invert(null));
        Assert.Throws<ArithmeticException>(() => Divided(Indefinite(), PositiveDefinite(10), null));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(24)]
    [InlineData(64)]
    public void Factors_solve_their_equations(int width)
    {
        var random = new Random(4);
        var options = new TrainingOptions { Factors = width };
        var values = Enumerable.Range(0, 200 * width).Select(_ => (random.NextSingle() - 0.5f) / width).ToArray();
        int[] watched = [.. Enumerable.Range(0, 70).Select(at => at * 2)];
        var weights = Array.ConvertAll(watched, _ => 0.5f + random.NextSingle());
        var solution = new float[width];
        new FactorSolver(options).Solve(watched, weights, values, FactorSolver.Gram(values, width), 200, solution);

        // (u·YᵀY + Σ w·y·yᵀ + r) x - Σ w·y, without any matrix.
        float[] Row(int title) => values[(title * width)..((title + 1) * width)];
        var ridge = options.FactorRegularization * (watched.Length + (options.UnwatchedWeight * 200));
        var rest = solution.Select(value => value * ridge).ToArray();
        void Add(int title, double factor)
        {
            for (var at = 0; at < width; at++) rest[at] += factor * Row(title)[at];
        }

        for (var title = 0; title < 200; title++) Add(title, options.UnwatchedWeight * TensorPrimitives.Dot<float>(Row(title), solution));
        for (var at = 0; at < watched.Length; at++) Add(watched[at], weights[at] * (TensorPrimitives.Dot<float>(Row(watched[at]), solution) - 1));
        Assert.True(TensorPrimitives.Norm<float>(solution) > 0.1);
        Assert.All(rest, left => Assert.Equal(0, left, 1e-4));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(70)]
    public void A_viewer_without_a_title_is_as_one_who_never_watched_it(int watched)
    {
        const int Width = 24;
        var random = new Random(6);
        var factors = new FactorModel([.. Enumerable.Range(0, 200 * Width).Select(_ => (random.NextSingle() - 0.3f) / 8)], new TrainingOptions { Factors = Width });
        var history = new History(Enumerable.Range(0, watched).Select(at => at * 2).ToArray(), Enumerable.Range(0, watched).Select(_ => 0.5f + random.NextSingle()).ToArray());
        var without = factors.Without(history);
        for (var place = 0; place < watched; place++)
        {
            var (expected, found) = (factors.Viewer(history.Without(place * 2)), without.Of(place));
            Assert.InRange(TensorPrimitives.Distance<float>(expected, found), 0, 1e-4f);
            if (watched > 1) Assert.True(TensorPrimitives.Distance<float>(factors.Viewer(history), found) > 1e-3);
        }
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(24, 7)]
    [InlineData(64, 100)]
    public void Rows_of_half_the_memory_are_rounded_to_the_nearest_and_multiply_as_they_are(int width, int rows)
    {
        var random = new Random(7);
        float[] given = [.. Enumerable.Range(0, rows * width).Select(_ => random.NextSingle() - 0.5f)], vector = [.. given[..width].Reverse()];
        var rounded = given.ToArray();
        var kept = ShortRows.Of(rounded, width);
        Assert.All(given.Zip(rounded), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, Math.Abs(pair.First) / 256));
        Assert.All(rounded, value => Assert.Equal(0u, BitConverter.SingleToUInt32Bits(value) & 0xffff));
        var products = new float[rows];
        kept.Multiply(vector, products);
        for (var row = 0; row < rows; row++) Assert.Equal(TensorPrimitives.Dot<float>(rounded.AsSpan(row * width, width), vector), products[row], 1e-5);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(20_000)]
    public void The_greatest_come_first_and_of_equals_the_lower_index(int count)
    {
        var random = new Random(3);
        var any = Enumerable.Range(0, count).Select(_ => (float)random.Next(-100, count / 5)).ToArray();
        float[] upwards = [.. any.Order()], downwards = [.. any.OrderDescending()];
        any[7] = float.NegativeInfinity;
        any[8] = -0f;
        foreach (var scores in new[] { any, upwards, downwards })
        {
            var expected = Enumerable.Range(0, count).OrderByDescending(at => scores[at]).ThenBy(at => at).Where(at => scores[at] > float.NegativeInfinity).ToArray();
            foreach (var most in new[] { 1, 10, 100, 999 }) Assert.Equal(expected[..most], Selection.Top(scores, most));
            Assert.Equal(expected, Selection.Top(scores, 2 * count));
        }

        Assert.Empty(Selection.Top(any, 0));
    }

    [Fact]
    public void Many_cells_of_a_row_are_found_as_each_alone()
    {
        var random = new Random(3);
        var rows = SparseRows.OfColumns([.. Enumerable.Range(0, 200).Select(_ => Enumerable.Range(0, 50).Where(_ => random.Next(4) == 0).Select(row => (row, random.NextSingle())).ToArray())], 50);
        foreach (var row in Enumerable.Range(0, 50))
        {
            int[] columns = [.. Enumerable.Range(0, 200).Where(_ => random.Next(3) == 0)];
            var values = Enumerable.Repeat(-1f, columns.Length).ToArray();

            rows.Of(row, columns, values);

            Assert.Equal(columns.Select(column => rows.Of(row, column)), values);
        }
    }

    private static SymmetricMatrix PositiveDefinite(int size)
    {
        var (matrix, random) = (new SymmetricMatrix(size), new Random(1));
        for (var row = 0; row < size; row++)
            for (var column = 0; column <= row; column++)
                matrix.Row(column)[row] = matrix.Row(row)[column] = row == column ? size + random.NextDouble() : random.NextDouble();
        return matrix;
    }

    private static SymmetricMatrix Indefinite()
    {
        var matrix = PositiveDefinite(10);
        matrix.Row(4)[4] = -1;
        return matrix;
    }

    private static double[][] Divided(SymmetricMatrix by, SymmetricMatrix left, OpenBlas? blas)
    {
        var rows = new double[left.Stride][];
        by.Divide(left, blas, (row, values) => rows[row] = values.ToArray());
        return rows;
    }
}
