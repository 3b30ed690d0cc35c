"""Lesson NN: its numbers, and what it states in words."""

# Replace: a computed check for each result that stands in words. `right("NN.4")` is the right
# value of a task, `wrong("NN.1", "other observer")` that of a known mistake; `lesson["un"]` and
# `exercise["un"]` are names that the notebooks make. What only explains goes into EXPLAINS.


def numbers(lesson, exercise, right, wrong):
    """Return every number of the lesson and its exercise, as it is printed."""
    un, us, since = lesson["un"], lesson["us"], lesson["since"]
    return {
        "un_2012": f"{un.loc[2012]:,.0f} ha",
        "un_2013": f"{un.loc[2013]:,.0f} ha",
        "un_2015": f"{un.loc[2015]:,.0f} ha",
        "un_2018": f"{un.loc[2018]:,.0f} ha",
        "un_grew": f"{right('NN.t1')} years",
        "us_2012": f"{us.loc[2012]:,.0f} ha",
        "us_2016": f"{us.loc[2016]:,.0f} ha",
        "un_fall_2014": f"{un.loc[2013] - un.loc[2014]:,.0f} ha",
        "us_rise_2014": f"{us.loc[2014] - us.loc[2013]:,.0f} ha",
        "un_since_2012": f"−{-since(2012)['UN']:.1f}%",
        "us_since_2012": f"+{since(2012)['US']:.1f}%",
        "un_since_2013": f"+{since(2013)['UN']:.1f}%",
        "us_since_2013": f"+{since(2013)['US']:.1f}%",
        "un_since_2015": f"+{since(2015)['UN']:.1f}%",
        "us_since_2015": f"−{-since(2015)['US']:.1f}%",
        "un_rise_2018": f"{un.loc[2018] - un.loc[2015]:,.0f} ha",
        "us_fall_2018": f"{us.loc[2015] - us.loc[2018]:,.0f} ha",
    }


def statements(lesson, exercise, right, wrong):
    """Return for each statement, word for word, whether the tables say so."""
    un, gap = lesson["un"], right("NN.3")
    return {
        "One country, seven years": len(un) == 7,
        "2015 is the lowest of these years": un.idxmin() == 2015,
        "After the lowest point the area grew": un[un.idxmin() + 1] > un.min(),
        "less than half a percent": 0 < 100 * (un[2018] / un[2013] - 1) < 1 / 2,
        "the US reports more in every year": (gap.loc[2013:] > 0).all(),
        "in five of the six years": right("NN.4") == 5,
    }


EXPLAINS = [
    "Two series",
    "True counts as one",
    "Cover the right half",
    "Go to the three places",
    "Read it at three places",
    "comparison of the two methods",
    "Between the two years",
    "Two points hide",
    "the two figures",
    "two answers to two questions",
    "three years are enough",
    "for each year",
    "in forty to a hundred and fifty words",
    "Two values of",
    "times a hundred",
    "lines two columns up",
    "You divided the two",
    "Compare the two",
    "and the UN none",
]
